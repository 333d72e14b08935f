#!/bin/bash
# The least a person could type to attach one LUN over iSCSI, and to give it back: what `sanctl attach` is measured against.
#
#   bare-attach.sh attach IQN IP:PORT LUN WWID     prints "DEVICE MS"
#   bare-attach.sh detach IQN IP:PORT LUN          prints "- MS"
#
# No lock, no journal, no check but the wwid. Runs in the guest; iscsid must be there.
set -eu -o pipefail
action=$1 iqn=$2 portal=$3 lun=$4 wwid=${5-}
start=${EPOCHREALTIME/[.,]/}
node() { iscsiadm -m node -T "$iqn" -p "$portal" "$@" >/dev/null; }
# SCSI host number of the target's session (one portal, so there is one).
find_host() {
    local s
    for s in /sys/class/iscsi_session/session*; do
        [ -e "$s/targetname" ] && [ "$(<"$s/targetname")" = "$iqn" ] || continue
        s=$(readlink -f "$s/device")
        host=${s%/session*} host=${host##*/host}
    done
}
find_disk() {
    local d
    disk=''
    for d in "/sys/class/scsi_device/$host:0:0:$lun/device/block/"*; do
        [ ! -e "$d" ] || disk=${d##*/}
    done
}
host='' disk=''
exec {never}<> <(:)

case $action in
    attach)
        iscsiadm -m node -T "$iqn" -p "$portal,1" -o new >/dev/null
        node -o update -n node.session.scan -v manual
        node --login
        find_host
        [ -n "$host" ] || { echo 'bare-attach: no session' >&2; exit 1; }
        echo "0 0 $lun" >"/sys/class/scsi_host/host$host/scan"
        for ((i = 0; i < 500; i++)); do
            find_disk
            [ -z "$disk" ] || [ ! -b "/dev/$disk" ] || break
            read -r -t 0.01 -u "$never" || :
        done
        [ -n "$disk" ] || { echo "bare-attach: no disk for LUN $lun" >&2; exit 1; }
        [ "$(<"/sys/block/$disk/device/wwid")" = "naa.$wwid" ] || { echo "bare-attach: wrong wwid on $disk" >&2; exit 1; }
        ;;
    detach)
        find_host
        find_disk
        [ -z "$disk" ] || blockdev --flushbufs "/dev/$disk"
        [ -z "$disk" ] || echo 1 >"/sys/block/$disk/device/delete"
        node --logout
        node -o delete
        disk=''
        ;;
esac
echo "${disk:+/dev/}${disk:--} $(((${EPOCHREALTIME/[.,]/} - start) / 1000))"
