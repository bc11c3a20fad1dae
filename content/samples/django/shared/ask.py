"""Send one request to the site and print its answer: python ask.py METHOD PATH"""

import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

method, path = sys.argv[1:]

# The site may need a moment to start.
for _ in range(50):
    try:
        with urlopen(Request(f"http://localhost:8000{path}", method=method)) as answer:
            print(answer.read().decode())
        break
    except HTTPError as error:
        sys.exit(f"{method} {path}: {error}")
    except URLError:
        time.sleep(0.2)
else:
    sys.exit("The site does not answer.")
