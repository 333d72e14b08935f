# The node's half on a plain LIO target, from a connection info: attach, again, in use, detach
# shellcheck shell=bash
# deadline: 340
configure_node
lio_two_luns 7 300
node_info /run/one.json $iqn 7 $a
node_info /run/two.json $iqn 7 $a $b
node_info /run/high.json $iqn 300 $a $b

check_rc 'without iscsid: an error' 1 node_attach /run/one.json --wwid $one
check_match 'that names iscsid and what to type' "$OUT" '*iscsid*systemctl start iscsid*'
start_iscsid
before=$(state_snapshot)
check_eq 'nothing is attached at first' "$before" ''

# One path.
device=$(node_attach /run/one.json --wwid $one -q)
check_match 'a device comes out' "$device" '/dev/sd*'
check_eq 'it has the wwid asked for' "$(wwid_of "${device#/dev/}")" $one
check_eq 'only the LUN asked for was scanned' "$(state_snapshot | grep -c ^scsi || :)" 1
head -c 65536 /dev/urandom >/run/data
check 'it can be written' dd if=/run/data of="$device" bs=65536 count=1 conv=fsync status=none
check 'and read back' cmp -n 65536 /run/data "$device"
check_eq 'the record does not log in at boot' \
    "$(iscsiadm -m node -T $iqn -p $a | grep -E '^node.(startup|session.scan)' | sort | tr '\n' ' ')" \
    'node.session.scan = manual node.startup = manual '
again=$(node_attach /run/one.json --wwid $one 2>/run/err)
check_eq 'attached again: the same device' "$again" "$device"
check_match 'and it says that nothing was changed' "$(</run/err)" '*nothing was changed*'
check_rc 'status finds it whole' 0 node_status $one

# In use.
check 'a file system' mkfs.ext4 -q "$device"
mkdir -p /run/mnt
check 'mounted' mount "$device" /run/mnt
check_rc 'a mounted device is not detached' 7 node_detach $one
check_match 'who uses it is shown' "$OUT" '*/run/mnt*'
check 'it is still there' test -b "$device"
check 'unmounted' umount /run/mnt
exec 7<"$device"
check_rc 'an open device is not detached' 7 node_detach $one
check_match 'the process is shown' "$OUT" "*$$*"
exec 7<&-
check_rc 'detached' 0 node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
check_rc 'detached again: nothing to do' 0 node_detach $one

# Read-only: the kernel refuses writes until the device goes.
device=$(node_attach /run/one.json --wwid $one --mode ro -q)
check_eq 'read-only: the kernel says so' "$(<"/sys/class/block/${device#/dev/}/ro")" 1
check_rc 'read-only: a write is refused' 1 dd if=/run/data of="$device" bs=4096 count=1 conv=fsync status=none
check_rc 'read-only: status finds it whole' 0 node_status $one
check_rc 'read-only: detached' 0 node_detach $one
check_eq 'read-only: nothing is left' "$(state_snapshot)" "$before"

# The array lets nobody write to it.
protect=$LAB_ISCSI/$iqn/tpgt_1/acls/$LAB_INITIATOR/lun_7/write_protect
echo 1 >"$protect"
check_rc 'write-protected: not handed over for writing' 1 node_attach /run/one.json --wwid $one
check_match 'write-protected: it says so, and what to type' "$OUT" '*can only be read*--mode ro*'
check_eq 'write-protected: nothing is left' "$(state_snapshot)" "$before"
check_rc 'write-protected: for reading it is' 0 node_attach /run/one.json --wwid $one --mode ro
check_rc 'write-protected: detached' 0 node_detach $one
echo 0 >"$protect"
check_eq 'write-protected: nothing is left again' "$(state_snapshot)" "$before"

# Two portals, one session each; a LUN number of 256 or more.
device=$(node_attach /run/two.json --wwid $one -q)
check_match 'two portals: a device' "$device" '/dev/sd*'
check_eq 'two portals: two disks' "$(state_snapshot | grep -c ^scsi || :)" 2
high=$(node_attach /run/high.json --wwid $two -q)
check_eq 'LUN 300 has its own wwid' "$(wwid_of "${high#/dev/}")" $two
check_rc 'the first LUN goes' 0 node_detach $one
check_eq 'the sessions stay for the other' "$(iscsiadm -m session | wc -l)" 2
check_rc 'the other goes' 0 node_detach $two
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# The wrong disk.
check_rc 'a LUN number that answers with another wwid is refused' 7 node_attach /run/one.json --wwid $two
check_match 'both identities are named' "$OUT" "*$one*"
check_eq 'and nothing is left' "$(state_snapshot)" "$before"

# Identity unproven.
device=$(node_attach /run/one.json -q -o json | jq -r '.items[0].identity')
check_eq 'without a wwid the identity is unproven' "$device" unproven
check_rc 'and it can be detached by its wwid' 0 node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# A dead portal.
portal_down 2
check_rc 'one dead portal of two: degraded' 9 node_attach /run/two.json --wwid $one
check_match 'the dead portal is named' "$OUT" "*$b*"
check_eq 'no record was made for it' "$(iscsiadm -m node | wc -l)" 1
check_rc 'detached' 0 node_detach $one
check_rc 'fewer than wanted as a minimum: failed' 5 node_attach /run/two.json --wwid $one --paths want=2,min=2
check_eq 'nothing is left' "$(state_snapshot)" "$before"
portal_up 2

# Objects of others stay.
check 'a record made by hand' node_record $iqn $a
check 'a session made by hand' login $iqn $a
hand=$(state_snapshot)
check_rc 'attach uses the session' 0 node_attach /run/one.json --wwid $one
check_rc 'detach' 0 node_detach $one
check_eq 'leaves session and record of others' "$(state_snapshot)" "$hand"
