"""`python -m infra.openapi [FILE]`: the OpenAPI document as `GET /api/openapi.json` answers it, without a server.

For programs that make types of it. Needs neither AWS nor an engine.
"""

import argparse
import json
import os
import sys
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.openapi", description="Writes the OpenAPI document.")
    parser.add_argument("file", nargs="?", type=Path, help="default: standard output")
    given = parser.parse_args()
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")  # botocore wants one even where nothing is called
    import app  # noqa: F401  (mounts the routes)
    from chalicelib.edge import openapi

    text = json.dumps(json.loads(openapi.text()), ensure_ascii=False, indent=2) + "\n"
    if given.file:
        given.file.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
