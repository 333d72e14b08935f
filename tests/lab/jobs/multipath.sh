# A LUN over two portals as one map: attach --multipath, every find_multipaths, in use, a portal lost and back, one dead before
# shellcheck shell=bash
# deadline: 590
configure_node
lio_two_luns 7
start_iscsid

node_info /run/info.json $iqn 7 $a $b

# Without multipathd nothing is begun.
before=$(state_snapshot)
rc 'without multipathd: unsupported' 8 node_attach /run/info.json --wwid $one --multipath
check_match 'with what mends it' "$ERR" '*multipathd does not run*systemctl enable --now multipathd*'
check_eq 'without multipathd: nothing was changed' "$(state_snapshot)" "$before"

start_multipathd strict 'blacklist {\n  wwid "36a4c64f.*"\n}\n'
rc 'blacklisted: refused' 7 node_attach /run/info.json --wwid $one --multipath
check_match 'with the line that mends it' "$ERR" "*blacklist_exceptions { wwid \"3$one\" }*"
check_eq 'blacklisted: nothing was changed' "$(state_snapshot)" "$before"

# Attach, write, read, detach; however multipathd finds its disks.
for find in strict yes smart greedy no; do
    configure_multipathd $find
    rc "$find: attach" 0 node_attach /run/info.json --wwid $one --multipath -q
    device=$OUT
    check_eq "$find: the map is handed over" "$device" /dev/mapper/3$one
    dm=$(readlink -f "$device") dm=${dm##*/}
    check_eq "$find: of this identity" "$(map_id "$device")" mpath-3$one
    check_eq "$find: over both paths" "$(ls "/sys/block/$dm/slaves" | wc -l)" 2
    check "$find: usable" multipath -C "/dev/$dm"
    [ $find != strict ] || {
        head -c 1048576 /dev/urandom >/run/data
        check 'it can be written' dd if=/run/data of="$device" bs=1M count=1 conv=fsync status=none
        check 'and read back' cmp -n 1048576 /run/data "$device"
        rc 'attached again' 0 node_attach /run/info.json --wwid $one --multipath -q
        check_eq 'is the same device' "$OUT" "$device"
        rc 'without --multipath it is the map as well' 0 node_attach /run/info.json --wwid $one -q
        check_eq 'never a disk below it' "$OUT" "$device"
        rc 'a disk below it is not handed over' 7 node_attach /run/info.json --wwid $one --multipath=no
        rc 'status' 0 node_status $one
        check_match 'has a row for the map' "$OUT" "*map*node*present*3$one*"
    }
    rc "$find: detach" 0 node_detach $one
    check_eq "$find: nothing is left" "$(state_snapshot)" "$before"
    check_eq "$find: multipathd knows none of its paths" "$(multipathd show paths raw format '%d' | grep -c sd || :)" 0
    [ $find != strict ] || check_eq 'nor does its list have it' "$(listed_wwids)" 0
done
configure_multipathd strict

# In use.
rc 'attach' 0 node_attach /run/info.json --wwid $one --multipath -q
check 'a file system' mkfs.ext4 -q /dev/mapper/3$one
mkdir -p /run/mnt
check 'mounted' mount /dev/mapper/3$one /run/mnt
settle
rc 'a mounted map is not detached' 7 node_detach $one
check_match 'who uses it is shown' "$ERR" '*dm-*is in use*/run/mnt*'
head -c 1048576 /dev/urandom >/run/mnt/file
sum=$(md5sum </run/mnt/file)

# A portal is lost while it is mounted, and comes back.
portal_down 2
check 'one path is left' await 60 active_paths $one 1
check 'status is degraded' await 60 status_is $one degraded
rc 'degraded' 3 node_status $one
check_match 'the map is still named' "$OUT" "*device*/dev/mapper/3$one*"
check 'the map still takes data' dd if=/run/data of=/run/mnt/other bs=1M count=1 conv=fsync status=none
portal_up 2
check 'the path comes back' await 60 active_paths $one 2
check 'status is whole' await 60 status_is $one attached
umount /run/mnt
rc 'detach' 0 node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
rc 'attach to read' 0 node_attach /run/info.json --wwid $one --multipath -q
mount /dev/mapper/3$one /run/mnt
check_eq 'what was written is there' "$(md5sum </run/mnt/file)" "$sum"
umount /run/mnt
settle
rc 'detach' 0 node_detach $one

# A portal is dead before.
portal_down 2
rc 'one dead portal: degraded' 9 node_attach /run/info.json --wwid $one --multipath -q
check_eq 'the map is handed over' "$OUT" /dev/mapper/3$one
check_match 'the portal is named' "$ERR" "*$b*"
rc 'detach' 0 node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"
rc 'fewer than needed' 5 node_attach /run/info.json --wwid $one --multipath --paths want=2,min=2
check_eq 'changes nothing' "$(state_snapshot)" "$before"
portal_up 2
rc 'want 4, min 2 of two' 9 node_attach /run/info.json --wwid $one --multipath --paths want=4,min=2 -q
check_match 'says how many' "$ERR" '*2 of 4*'
rc 'detach' 0 node_detach $one
