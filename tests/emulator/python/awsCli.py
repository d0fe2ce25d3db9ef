"""Runs commands of the AWS CLI, given as JSON lists of words, one after the other: prints what each prints as one line of JSON."""

import contextlib
import io
import json
import os
import sys
import urllib.request

address, key, secret, commands = sys.argv[1:5]
os.environ.update(
    AWS_ACCESS_KEY_ID=key,
    AWS_SECRET_ACCESS_KEY=secret,
    AWS_DEFAULT_REGION="eu-west-1",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    HOME=os.path.dirname(__file__),
)

from awscli.clidriver import create_clidriver  # noqa: E402

driver = create_clidriver()


def advance(seconds):
    body = json.dumps({"advanceSeconds": int(seconds)}).encode()
    headers = {"content-type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{address}/_emulator/clock", body, headers))


def run(words):
    if words[0] == "advance":
        return advance(words[1])
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = driver.main([*words, "--endpoint-url", address, "--output", "json"])
    if status != 0:
        return err.getvalue().strip()
    return json.loads(out.getvalue()) if out.getvalue().strip() else None


for words in json.loads(commands):
    print(json.dumps(run(words)))
