#!/bin/bash
# The sysfs of a node with many paths, for `sanctl … --root DIR`: four iSCSI sessions, one LUN number per path.
#
#   tests/bench/tree.sh DIR PATHS
set -eu
root=$1 paths=$2 hosts=4
mkdir -p "$root"/sys/class/{scsi_device,scsi_host,iscsi_session,iscsi_host,iscsi_connection,block} "$root"/proc/sys/kernel "$root"/etc/iscsi
echo node-of-paths >"$root"/proc/sys/kernel/hostname
echo InitiatorName=iqn.1994-05.com.redhat:paths >"$root"/etc/iscsi/initiatorname.iscsi
letters=({a..z})
for ((path = 0; path < paths; path++)); do
    host=$((path % hosts + 1)) lun=$((path / hosts + 1))
    session=sys/devices/platform/host$host/session$host
    if [ "$lun" = 1 ]; then
        iqn=iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::$host:172.24.$host.150
        own=$session/iscsi_session/session$host
        mkdir -p "$root/$own" "$root/$session/connection$host:0/iscsi_connection/connection$host:0" \
            "$root/sys/devices/platform/host$host"/{iscsi_host,scsi_host}/host"$host"
        for pair in targetname:"$iqn" state:LOGGED_IN tpgt:1 initiatorname:iqn.1994-05.com.redhat:paths ifacename:default target_id:0; do
            echo "${pair#*:}" >"$root/$own/${pair%%:*}"
        done
        for pair in persistent_address:172.24.$host.150 persistent_port:3260 address:172.24.$host.150 port:3260; do
            echo "${pair#*:}" >"$root/$session/connection$host:0/iscsi_connection/connection$host:0/${pair%%:*}"
        done
        ln -s "../../devices/platform/host$host/session$host/iscsi_session/session$host" "$root/sys/class/iscsi_session/session$host"
        ln -s ../.. "$root/$own/device"
        ln -s "../../devices/platform/host$host/session$host/connection$host:0/iscsi_connection/connection$host:0" \
            "$root/sys/class/iscsi_connection/connection$host:0"
        ln -s "../../devices/platform/host$host/scsi_host/host$host" "$root/sys/class/scsi_host/host$host"
        ln -s "../../devices/platform/host$host/iscsi_host/host$host" "$root/sys/class/iscsi_host/host$host"
    fi
    disk=sd${letters[path / 676 % 26]}${letters[path / 26 % 26]}${letters[path % 26]}
    hctl=$host:0:0:$lun
    device=$session/target$host:0:0/$hctl
    mkdir -p "$root/$device"/{block/"$disk"/holders,scsi_device/"$hctl"}
    ln -s ../.. "$root/$device/scsi_device/$hctl/device"
    ln -s ../.. "$root/$device/block/$disk/device"
    ln -s "../../${device#sys/}/scsi_device/$hctl" "$root/sys/class/scsi_device/$hctl"
    ln -s "../../${device#sys/}/block/$disk" "$root/sys/class/block/$disk"
    printf 'naa.6a4c64f1001db633%016x\n' "$lun" >"$root/$device/wwid"
    echo running >"$root/$device/state"
    echo 0 >"$root/$device/type"
    echo HUAWEI >"$root/$device/vendor"
    echo XSG1 >"$root/$device/model"
    echo 2097152 >"$root/$device/block/$disk/size"
done
