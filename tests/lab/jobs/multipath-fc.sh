# A LUN over two Fibre Channel fabrics as one map: attach --multipath, a cable pulled and back, one out before, detach
# shellcheck shell=bash
# deadline: 400
configure_node
fc_net 2
lio_backstore vol1 64M $one HUAWEI XSG1
lio_backstore vol2 32M $two HUAWEI XSG1
fc_export 2 vol1 vol2
fc_autoscan off
check 'two fabrics come up' fc_up 2
for n in 1 2; do
    fc_map $n 7 0
    fc_map $n 8 1
done
fc_info /run/info.json 7 1 2
b=$(fc_target_port 2)

before=$(state_snapshot)
rc 'without multipathd: unsupported' 8 node_attach /run/info.json --wwid $one --multipath
check_eq 'nothing was changed' "$(state_snapshot)" "$before"
start_multipathd

rc 'attach' 0 node_attach /run/info.json --wwid $one --multipath -q
device=$OUT
check_eq 'the map is handed over' "$device" /dev/mapper/3$one
dm=$(readlink -f "$device") dm=${dm##*/}
check_eq 'of this identity' "$(map_id "$device")" mpath-3$one
check_eq 'over both fabrics, and no other LUN' "$(cd "/sys/block/$dm/slaves" && echo *) $(state_snapshot | grep -c ^scsi)" \
    "$({ fc_disk 1 7; fc_disk 2 7; } | sort | tr '\n' ' ')2"
head -c 1048576 /dev/urandom >/run/data
check 'it can be written' dd if=/run/data of="$device" bs=1M count=1 conv=fsync status=none
check 'and read back' cmp -n 1048576 /run/data "$device"
rc 'attached again' 0 node_attach /run/info.json --wwid $one --multipath -q
check_eq 'is the same device' "$OUT" "$device"
rc 'status' 0 node_status $one

# A cable is pulled while it is mounted, and put back.
check 'a file system' mkfs.ext4 -q "$device"
mkdir -p /run/mnt
check 'mounted' mount "$device" /run/mnt
rc 'a mounted map is not detached' 7 after_udev node_detach $one
check_match 'who uses it is shown' "$ERR" '*/run/mnt*'
check 'the link goes' fc_link_down 2
check 'the map still takes data' dd if=/run/data of=/run/mnt/file bs=1M count=1 conv=fsync status=none
check 'one path is left' await 60 active_paths $one 1
check 'status is degraded' await 60 status_is $one degraded
rc 'degraded' 3 node_status $one
check_match 'the map is still named' "$OUT" "*device*/dev/mapper/3$one*"
check 'the link comes back' fc_link_up 2
check 'the path comes back' await 60 active_paths $one 2
check 'status is whole' await 60 status_is $one attached
check 'the data is there' cmp /run/data /run/mnt/file
umount /run/mnt
rc 'detach' 0 after_udev node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
check_eq 'multipathd knows none of its paths' "$(multipathd show paths raw format '%d' | grep -c sd || :)" 0

# Out before.
check 'the link goes' fc_link_down 2
rc 'fewer than needed' 5 node_attach /run/info.json --wwid $one --multipath --paths want=2,min=2
check_match 'the port is named' "$ERR" "*$b*"
check_eq 'changes nothing' "$(state_snapshot)" "$before"
rc 'one of two: degraded' 9 node_attach /run/info.json --wwid $one --multipath -q
check_eq 'the map is handed over' "$OUT" /dev/mapper/3$one
check_match 'the port is named' "$ERR" "*$b*"
check 'the link comes back' fc_link_up 2
rc 'attach adds the other' 0 node_attach /run/info.json --wwid $one --multipath -q
check 'two paths' await 60 active_paths $one 2
rc 'detach' 0 after_udev node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
