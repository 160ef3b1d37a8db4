"""Limits of what is read of one mail: whatever a stranger sends, reading it takes a bounded time and memory."""

# The standard library reads a level of nesting by recursion and compares every line with every open boundary.
MOST_BOUNDARIES = 50  # multiparts declared in one mail; a digest of forwarded mails has a dozen
MOST_COMPARED = 20_000_000  # lines times boundaries: two seconds, and 25 MB of base64 within MOST_BOUNDARIES
MOST_PARTS = 500  # parts in one mail; each costs kilobytes, however small it is
MOST_DEPTH = 50  # multiparts within one another; people reach six
MOST_HEADER_BYTES = 512_000  # of the mail itself; above that no server delivers
MOST_HEADERS = 2_000  # header lines of the mail itself

# The standard library's readers of structured headers take quadratic time.
MOST_STRUCTURED = 4_000  # characters of a Content-Type, From or Received
MOST_HEADER_TEXT = 64_000  # characters of any header; a mail to a thousand people has 50,000
MOST_SUBJECT = 500  # characters; the ticket's title is cut from it
MOST_NAME = 200  # characters of a person's or a file's name
MOST_ADDRESSES = 500  # in To, and in Cc
MOST_REFERENCES = 100  # the newest; the first one is kept too
MOST_IDENTIFIER = 500  # characters of a Message-ID

MOST_TEXT_BYTES = 2_000_000  # of one text part before it is decoded: a log that was pasted, not a book
MOST_TEXT = 200_000  # characters of the whole text
MOST_LINES = 10_000  # lines among which quotes are looked for
MOST_LINE = 2_000  # characters of a line that are looked at for the head of a quote
MOST_HTML = 1_000_000  # characters; above that the rest is not read

MOST_ATTACHMENTS = 50
MOST_ATTACHMENT_BYTES = 25_000_000  # of one file: what mail servers let through
MOST_ATTACHED_BYTES = 50_000_000  # of all files of a mail; content beyond is left in the mailbox, its name is told
MOST_PIXELS = 3  # a picture no higher and no wider than this is there to count readers
