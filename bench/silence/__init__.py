"""`make bench-silence`: can a candidate tell from response times that interviewers write?"""
