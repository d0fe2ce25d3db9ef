"""One program over moto and the emulator: endpoint variables say which service is where. Prints one object of JSON."""

import json
import os
import sys

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer

emulator, key, secret = sys.argv[1:4]
moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
moto.start()
address = "http://%s:%d" % moto.get_host_and_port()
os.environ.update(
    AWS_ACCESS_KEY_ID=key,
    AWS_SECRET_ACCESS_KEY=secret,
    AWS_DEFAULT_REGION="eu-west-1",
    AWS_ENDPOINT_URL=address,
)


def start():
    client = boto3.client("autoscaling", config=Config(retries={"total_max_attempts": 1}))
    try:
        return client.start_instance_refresh(AutoScalingGroupName="web")["InstanceRefreshId"]
    except Exception:  # moto answers a page of HTML
        return "refused"


found = {"moto alone": start()}
os.environ.update(AWS_ENDPOINT_URL_AUTO_SCALING=emulator, AWS_ENDPOINT_URL_EC2=emulator)
boto3.client("sqs").create_queue(QueueName="jobs")
found["queues of moto"] = len(boto3.client("sqs").list_queues()["QueueUrls"])
found["moto and the emulator"] = start()
moto.stop()
print(json.dumps(found))
