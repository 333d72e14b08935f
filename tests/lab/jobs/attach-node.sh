# The node's half on a plain LIO target, from a connection info: attach, again, in use, detach
# shellcheck shell=bash
# deadline: 240
iqn=iqn.2020-01.com.example:lab.target
wwid=6a4c64f1001db63307a4e1700000001e
other=6a4c64f1001db63307a4e1700000002f
a=10.0.0.1:3260
b=10.0.1.1:3260
export SANCTL_STATE_DIR=/run/sanctl

lab_net 2
lio_backstore vol1 64M $wwid HUAWEI XSG1
lio_backstore vol2 32M $other HUAWEI XSG1
lio_target $iqn
lio_portal $iqn $a
lio_portal $iqn $b
lio_lun $iqn 0 vol1
lio_lun $iqn 1 vol2
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
lio_map $iqn $LAB_INITIATOR 300 1

info() { # NUMBER PORTAL... : a connection info for LUN NUMBER
    local number=$1 portals iqns luns
    shift
    portals=$(printf '"%s",' "$@")
    iqns=$(for _ in "$@"; do printf '"%s",' $iqn; done)
    luns=$(for _ in "$@"; do printf '%s,' "$number"; done)
    printf '{"driver_volume_type":"iscsi","data":{"target_portals":[%s],"target_iqns":[%s],"target_luns":[%s]}}' \
        "${portals%,}" "${iqns%,}" "${luns%,}"
}
printf '[node]\nname = "lab"\n' >/run/config.toml
export SANCTL_CONFIG=/run/config.toml
info 7 $a >/run/one.json
info 7 $a $b >/run/two.json
info 300 $a $b >/run/high.json
half() { sanctl attach --node-only --connection-info "$@"; }

check_rc 'without iscsid: an error' 1 half /run/one.json --wwid $wwid
check_match 'that names iscsid and what to type' "$OUT" '*iscsid*systemctl start iscsid*'
start_iscsid
before=$(state_snapshot)
check_eq 'nothing is attached at first' "$before" ''

# One path.
device=$(half /run/one.json --wwid $wwid -q)
check_match 'a device comes out' "$device" '/dev/sd*'
check_eq 'it has the wwid asked for' "$(wwid_of "${device#/dev/}")" $wwid
check_eq 'only the LUN asked for was scanned' "$(state_snapshot | grep -c ^scsi || :)" 1
head -c 65536 /dev/urandom >/run/data
check 'it can be written' dd if=/run/data of="$device" bs=65536 count=1 conv=fsync status=none
check 'and read back' cmp -n 65536 /run/data "$device"
check_eq 'the record does not log in at boot' \
    "$(iscsiadm -m node -T $iqn -p $a | grep -E '^node.(startup|session.scan)' | sort | tr '\n' ' ')" \
    'node.session.scan = manual node.startup = manual '
again=$(half /run/one.json --wwid $wwid 2>/run/err)
check_eq 'attached again: the same device' "$again" "$device"
check_match 'and it says that nothing was changed' "$(</run/err)" '*nothing was changed*'
check_rc 'status finds it whole' 0 sanctl status wwid:$wwid --node-only

# In use.
check 'a file system' mkfs.ext4 -q "$device"
mkdir -p /run/mnt
check 'mounted' mount "$device" /run/mnt
check_rc 'a mounted device is not detached' 7 sanctl detach wwid:$wwid --node-only
check_match 'who uses it is shown' "$OUT" '*/run/mnt*'
check 'it is still there' test -b "$device"
check 'unmounted' umount /run/mnt
exec 7<"$device"
check_rc 'an open device is not detached' 7 sanctl detach wwid:$wwid --node-only
check_match 'the process is shown' "$OUT" "*$$*"
exec 7<&-
check_rc 'detached' 0 sanctl detach wwid:$wwid --node-only
check_eq 'nothing is left' "$(state_snapshot)" "$before"
check_rc 'detached again: nothing to do' 0 sanctl detach wwid:$wwid --node-only

# Read-only: the kernel refuses writes until the device goes.
device=$(half /run/one.json --wwid $wwid --mode ro -q)
check_eq 'read-only: the kernel says so' "$(<"/sys/class/block/${device#/dev/}/ro")" 1
check_rc 'read-only: a write is refused' 1 dd if=/run/data of="$device" bs=4096 count=1 conv=fsync status=none
check_rc 'read-only: status finds it whole' 0 sanctl status wwid:$wwid --node-only
check_rc 'read-only: detached' 0 sanctl detach wwid:$wwid --node-only
check_eq 'read-only: nothing is left' "$(state_snapshot)" "$before"

# Two portals, one session each; a LUN number of 256 or more.
device=$(half /run/two.json --wwid $wwid -q)
check_match 'two portals: a device' "$device" '/dev/sd*'
check_eq 'two portals: two disks' "$(state_snapshot | grep -c ^scsi || :)" 2
high=$(half /run/high.json --wwid $other -q)
check_eq 'LUN 300 has its own wwid' "$(wwid_of "${high#/dev/}")" $other
check_rc 'the first LUN goes' 0 sanctl detach wwid:$wwid --node-only
check_eq 'the sessions stay for the other' "$(iscsiadm -m session | wc -l)" 2
check_rc 'the other goes' 0 sanctl detach wwid:$other --node-only
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# The wrong disk.
check_rc 'a LUN number that answers with another wwid is refused' 7 half /run/one.json --wwid $other
check_match 'both identities are named' "$OUT" "*$wwid*"
check_eq 'and nothing is left' "$(state_snapshot)" "$before"

# Identity unproven.
device=$(half /run/one.json -q -o json | jq -r '.items[0].identity')
check_eq 'without a wwid the identity is unproven' "$device" unproven
check_rc 'and it can be detached by its wwid' 0 sanctl detach wwid:$wwid --node-only
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# A dead portal.
portal_down 2
check_rc 'one dead portal of two: degraded' 9 half /run/two.json --wwid $wwid
check_match 'the dead portal is named' "$OUT" "*$b*"
check_eq 'no record was made for it' "$(iscsiadm -m node | wc -l)" 1
check_rc 'detached' 0 sanctl detach wwid:$wwid --node-only
check_rc 'fewer than wanted as a minimum: failed' 5 half /run/two.json --wwid $wwid --paths want=2,min=2
check_eq 'nothing is left' "$(state_snapshot)" "$before"
portal_up 2

# Objects of others stay.
check 'a record made by hand' node_record $iqn $a
check 'a session made by hand' login $iqn $a
hand=$(state_snapshot)
check_rc 'attach uses the session' 0 half /run/one.json --wwid $wwid
check_rc 'detach' 0 sanctl detach wwid:$wwid --node-only
check_eq 'leaves session and record of others' "$(state_snapshot)" "$hand"
