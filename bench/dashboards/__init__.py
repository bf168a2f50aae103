"""How fast are the dashboards when there are many interviews?"""
