# Fibre Channel: attach, again, a second LUN, in use, a pulled cable, ports that nobody sees, a number used again, detach
# shellcheck shell=bash
# deadline: 450
three=6a4c64f1001db63307a4e1700000003a
configure_node
fc_net 2
lio_backstore vol1 64M $one HUAWEI XSG1
lio_backstore vol2 32M $two HUAWEI XSG1
lio_backstore vol3 48M $three HUAWEI XSG1
fc_export 2 vol1 vol2 vol3
# What is scanned shall be what was asked for.
fc_autoscan off
check 'two fabrics come up' fc_up 2
for n in 1 2; do
    fc_map $n 7 0
    fc_map $n 300 1
done
a=$(fc_initiator 1) b=$(fc_target_port 1) nobody=2000020000000b09
host=$(fc_host "$a")
fc_info /run/one.json 7 1
fc_info /run/high.json 300 1
before=$(state_snapshot)
check_eq 'no LUN is there at first' "$before" ''

disks() { state_snapshot | grep -c ^scsi || :; }

# The ports.
rc 'adapters' 0 sanctl hba list -o json
check_eq 'this one is online' "$(jq -r ".items[] | select(.wwpn == \"$a\") | .state + \" \" + .name" <<<"$OUT")" "online host$host"
rc 'targets' 0 sanctl hba targets -o json
check_eq 'it sees the target' "$(jq -r ".items[] | select(.hba == \"host$host\") | .target + \" \" + .state" <<<"$OUT")" "$b online"

# One path.
rc 'attach' 0 node_attach /run/one.json --wwid $one -q
device=$OUT
check_match 'a device comes out' "$device" '/dev/sd*'
check_eq 'it has the wwid asked for' "$(wwid_of "${device#/dev/}")" $one
check_eq 'only the LUN asked for, and only by the ports in the map' "$(disks) $(fc_disk 1 7)" "1 ${device#/dev/}"
head -c 65536 /dev/urandom >/run/data
check 'it can be written' dd if=/run/data of="$device" bs=65536 count=1 conv=fsync status=none
check 'and read back' cmp -n 65536 /run/data "$device"
check 'the target has it' cmp -n 65536 /run/data /run/lio-vol1
rc 'attach again' 0 node_attach /run/one.json --wwid $one
check_eq 'is the same device' "$OUT" "$device"
check_match 'and it says that nothing was changed' "$ERR" '*nothing was changed*'
rc 'status' 0 node_status $one

# A second LUN, of a number above 255, and a third by hand.
rc 'attach of LUN 300' 0 node_attach /run/high.json --wwid $two -q
high=$OUT
check_eq 'it has its own wwid' "$(wwid_of "${high#/dev/}")" $two
check_eq 'and is the second disk' "$(disks)" 2
rc 'devices' 0 sanctl device list --sort lun -o json
check_eq 'one row for each' "$(jq -c '[.items[] | [.name, .lun_number, .wwid, .state]]' <<<"$OUT")" \
    "[[\"${device#/dev/}\",7,\"$one\",\"running\"],[\"${high#/dev/}\",300,\"$two\",\"running\"]]"
check_eq 'with the two ports between which it goes' "$(jq -r '[.items[] | .initiator_wwpn, .target] | unique | join(" ")' <<<"$OUT")" "$a $b"
fc_map 1 8 2
rc 'scan' 0 sanctl device scan --hba "$a" --rport "$b" --lun 8 -o json
third=$(jq -r .item.name <<<"$OUT")
check_eq 'brings this LUN' "$(wwid_of "$third") $(disks)" "$three 3"
rc 'scan again' 0 sanctl device scan --hba "host$host" --rport "$b" --lun 8 -o json
check_eq 'finds it there' "$(jq -r '"\(.item.changed) \(.item.name)"' <<<"$OUT")" "false $third"
rc 'a number that is not mapped' 1 sanctl device scan --hba "$a" --rport "$b" --lun 9
settle
rc 'remove' 0 sanctl device remove "$third" --yes
check_eq 'takes it away' "$(disks)" 2
rc 'the second LUN goes' 0 after_udev node_detach $two
rc 'the first is whole' 0 node_status $one

# In use.
check 'a file system' mkfs.ext4 -q "$device"
mkdir -p /run/mnt
check 'mounted' mount "$device" /run/mnt
rc 'a mounted device is not detached' 7 after_udev node_detach $one
check_match 'who uses it is shown' "$ERR" '*/run/mnt*'
check 'it is still there' test -b "$device"
cp /run/data /run/mnt/data

# The cable is pulled while it is attached.
sync
check 'the link goes' fc_link_down 1
rc 'status' 3 node_status $one
check_match 'says that it is blocked' "$OUT$ERR" '*blocked*'
rc 'attach does not hand it over' 5 node_attach /run/one.json --wwid $one --timeout 10s
check_match 'the port is named' "$ERR" "*$b*"
check 'the link comes back' fc_link_up 1
check 'status is whole' await 60 status_is $one attached
umount /run/mnt
mount "$device" /run/mnt
check 'the data is there' cmp /run/data /run/mnt/data
umount /run/mnt

# So long that the kernel gives the port up.
settle
echo 1 >"$(fc_rport 1)/dev_loss_tmo"
check 'the link goes' fc_link_down 1
check 'the disk goes with the port' await 60 fails fc_disk 1 7
rc 'status' 3 node_status $one
rc 'attach' 5 node_attach /run/one.json --wwid $one --timeout 10s
check_match 'the port is named' "$ERR" "*$b*"
check 'the link comes back' fc_link_up 1
rc 'attach mends it' 0 node_attach /run/one.json --wwid $one -q
device=$OUT
check_eq 'with the same LUN' "$(wwid_of "${device#/dev/}") $(disks)" "$one 1"
rc 'detach' 0 after_udev node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
rc 'detach again: nothing to do' 0 after_udev node_detach $one

# The wrong disk.
rc 'a LUN number that answers with another wwid is refused' 7 node_attach /run/one.json --wwid $two
check_match 'both identities are named' "$ERR" "*$one*$two*"
check_eq 'and nothing is left' "$(state_snapshot)" "$before"
rc 'a LUN number that is not mapped' 1 node_attach <(sed 's/"target_lun":7/"target_lun":9/' /run/one.json) --wwid $one
check_eq 'leaves nothing' "$(state_snapshot)" "$before"

# Less said: no wwid, no map of ports, the port as people write it.
printf '{"driver_volume_type":"fibre_channel","data":{"target_wwn":"20:00:02:00:00:00:0B:01","target_lun":7}}' >/run/least.json
rc 'without a wwid' 0 node_attach /run/least.json -o json
check_eq 'the identity is unproven' "$(jq -r '.items[0].identity' <<<"$OUT")" unproven
check_eq 'by every port that sees the target' "$(disks) /dev/$(fc_disk 1 7)" "1 $(jq -r '.items[0].device' <<<"$OUT")"
rc 'and it can be detached by its wwid' 0 after_udev node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# Ports that this node does not see.
sed "s/$b/$nobody/g" /run/one.json >/run/nobody.json
rc 'a target that no port sees' 5 node_attach /run/nobody.json --wwid $one
check_match 'it is named with the port that should' "$ERR" "*$nobody*$a*"
check_eq 'nothing is left' "$(state_snapshot)" "$before"
sed "s/\"$b\"/\"$b\",\"$nobody\"/g" /run/one.json >/run/some.json
rc 'a target that is seen and one that is not: degraded' 9 node_attach /run/some.json --wwid $one -q
check_eq 'a device comes out' "$(wwid_of "${OUT#/dev/}")" $one
check_match 'the other is named with the port that should' "$ERR" "*$nobody*$a*"
check_eq 'by one path' "$(disks)" 1
rc 'detach' 0 after_udev node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
sed "s/$a/2000020000000a09/g" /run/one.json >/run/foreign.json
check 'a map of ports that this node does not have' fails node_attach /run/foreign.json --wwid $one
check_eq 'changes nothing' "$(state_snapshot)" "$before"

# Two paths and no map asked for; one link down before.
fc_info /run/two.json 7 1 2
rc 'two fabrics' 0 node_attach /run/two.json --wwid $one -q
check_eq 'two disks of one LUN' "$(disks) $(wwid_of "$(fc_disk 1 7)") $(wwid_of "$(fc_disk 2 7)")" "2 $one $one"
rc 'detach' 0 after_udev node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# The number is given to another LUN, the old disk still there.
sum=$(md5sum </run/lio-vol3)
rc 'attach the first' 0 node_attach /run/one.json --wwid $one -q
old=$OUT
settle
fc_remap 1 7 2
exec 8<"$old"
rc 'held: the new LUN does not come' 7 node_attach /run/one.json --wwid $three -q
check_eq 'held: no device comes out' "$OUT" ''
check_match 'held: both are named' "$ERR" "*$one*$three*"
rc 'held: nor does the old one' 7 node_attach /run/one.json --wwid $one -q
check_eq 'held: no device comes out' "$OUT" ''
rc 'held: status' 3 node_status $one -o json
check_eq 'held: names no device' "$(jq -r '.items[0].device' <<<"$OUT")" null
rc 'held: it is not removed' 7 after_udev node_detach $one
exec 8<&-
rc 'unheld: detach of the old one' 0 after_udev node_detach $one
check_eq 'unheld: nothing is left' "$(state_snapshot)" "$before"
rc 'the new LUN comes' 0 node_attach /run/one.json --wwid $three -q
check_eq 'with its own wwid and size' "$(wwid_of "${OUT#/dev/}") $(blockdev --getsize64 "$OUT")" "$three $((48 << 20))"
rc 'detach' 0 after_udev node_detach $three
check_eq 'nothing is left' "$(state_snapshot)" "$before"
check_eq 'nothing was ever written to it' "$(md5sum </run/lio-vol3)" "$sum"
fc_remap 1 7 0

# The kernel finds LUNs by itself, as it does when a cable is plugged in.
fc_autoscan on
fc_link_down 1
fc_link_up 1
check 'the LUN is there' await 60 fc_disk 1 7
check 'and every other' await 60 fc_disk 1 300
rc 'attach takes the disk that is there' 0 node_attach /run/one.json --wwid $one -q
check_eq 'this one' "$OUT" "/dev/$(fc_disk 1 7)"
rc 'detach' 0 after_udev node_detach $one
check 'leaves the disk of another LUN' fc_disk 1 300
