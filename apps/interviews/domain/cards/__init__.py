"""One person's score card: made, filled in as a draft, submitted, revised. Nobody else's business
until it is in (`domain.withholding`)."""
