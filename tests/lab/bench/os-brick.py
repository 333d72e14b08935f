"""Attaches and detaches by os-brick as a service does that has it loaded: os-brick.py INFO single|map

Reads one word per line, "attach" or "detach", and answers each with one line: "ok PATH", or "failed" and why.
"""
import json
import sys

sys.path.insert(0, "/opt/os-brick")

from oslo_config import cfg
import os_brick
from os_brick.initiator import connector
from os_brick.privileged import default as privileged

CONF = cfg.CONF
CONF([], project="lab")
os_brick.setup(CONF)
CONF.set_override("lock_path", "/run/os-brick", group="os_brick")
# Root itself: no daemon for the privileged half, which spares it time.
privileged.set_client_mode(False)

with open(sys.argv[1]) as file:
    properties = json.load(file)["data"]
initiator = connector.InitiatorConnector.factory(
    "ISCSI", None, use_multipath=sys.argv[2] == "map", device_scan_attempts=3
)
device = None
print("ready", flush=True)
for line in sys.stdin:
    try:
        if line.strip() == "attach":
            device = initiator.connect_volume(properties)
            print("ok", device["path"], flush=True)
        else:
            initiator.disconnect_volume(properties, device)
            print("ok -", flush=True)
    except Exception as error:  # whatever it is, it is the result
        print("failed", type(error).__name__, str(error).replace("\n", " "), flush=True)
