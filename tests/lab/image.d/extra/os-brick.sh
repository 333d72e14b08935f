#!/bin/bash
# Adds os-brick to the guest, for measurements against it: os-brick.sh ROOT. Same Python on both sides, as both are one Debian.
set -eu -o pipefail
/usr/bin/python3 -m pip install --quiet --root-user-action ignore --disable-pip-version-check --prefer-binary \
    --target "$1/opt/os-brick" os-brick==7.1.1
