#!/bin/bash
# The least a person could type to attach one LUN over iSCSI, and to give it back: what `sanctl attach` is measured against.
#
#   bare-attach.sh attach LUN WWID IQN IP:PORT...     prints the device; from two portals on a map over all paths
#   bare-attach.sh detach LUN WWID IQN IP:PORT...
#
# No lock, no journal, no check but the wwid. Runs in the guest; iscsid must be there, for a map multipathd.
set -eu -o pipefail
action=$1 lun=$2 wwid=$3 iqn=$4
shift 4
portals=("$@")
map=3$wwid
exec {never}<> <(:)
die() { echo "bare-attach: $*" >&2; exit 1; }
node() { local portal=$1; shift; iscsiadm -m node -T "$iqn" -p "$portal" "$@" >/dev/null; }
# Disks with this number behind sessions of the target.
disks() {
    local s d
    found=()
    for s in /sys/class/iscsi_session/session*; do
        [ -e "$s/targetname" ] && [ "$(<"$s/targetname")" = "$iqn" ] || continue
        for d in "$s/device/target"*/*":$lun/block/"*; do [ ! -e "$d" ] || found+=("${d##*/}"); done
    done
}
scan() {
    local s host
    for s in /sys/class/iscsi_session/session*; do
        [ -e "$s/targetname" ] && [ "$(<"$s/targetname")" = "$iqn" ] || continue
        host=$(readlink -f "$s/device")
        host=${host%/session*} host=${host##*/host}
        echo "0 0 $lun" >"/sys/class/scsi_host/host$host/scan"
    done
}
# At most 30 s.
wait_for() {
    local i
    for ((i = 0; i < 3000; i++)); do
        "$@" && return 0
        read -r -t 0.01 -u "$never" || :
    done
    return 1
}
all_there() {
    disks
    [ ${#found[@]} = ${#portals[@]} ] && [ -b "/dev/${found[0]}" ]
}
map_there() {
    local slaves=(/sys/block/dm-*/slaves/sd*)
    [ ${#slaves[@]} = ${#portals[@]} ] && [ -b "/dev/mapper/$map" ]
}
each() { # CMD...: for every portal at once
    local portal pid pids=()
    for portal in "${portals[@]:1}"; do "$@" "$portal" & pids+=($!); done
    "$@" "${portals[0]}"
    for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid"; done
}
come() {
    iscsiadm -m node -T "$iqn" -p "$1,1" -o new >/dev/null
    node "$1" -o update -n node.session.scan -v manual
    node "$1" --login
}
go() { node "$1" --logout; }

case $action in
    attach)
        [ ${#portals[@]} = 1 ] || multipath -a "$map" >/dev/null
        each come
        scan
        wait_for all_there || die "no disk for LUN $lun"
        for disk in "${found[@]}"; do
            [ "$(<"/sys/block/$disk/device/wwid")" = "naa.$wwid" ] || die "wrong wwid on $disk"
        done
        [ ${#portals[@]} != 1 ] || { echo "/dev/${found[0]}"; exit; }
        wait_for map_there || die "no map $map"
        echo "/dev/mapper/$map"
        ;;
    detach)
        disks
        if [ ${#portals[@]} = 1 ]; then blockdev --flushbufs "/dev/${found[0]}"; else multipath -f "$map"; fi
        for disk in "${found[@]}"; do echo 1 >"/sys/block/$disk/device/delete"; done
        each go
        for portal in "${portals[@]}"; do node "$portal" -o delete; done
        [ ${#portals[@]} = 1 ] || multipath -w "$map" >/dev/null
        ;;
esac
