# Who holds a LUN or its map: partitions, loops, RAID, LVM, swap, mounts in other namespaces, open files; each is named, nothing is detached
# shellcheck shell=bash
# deadline: 350
configure_node
lio_two_luns 7
start_iscsid
start_multipathd
before=$(state_snapshot)
mkdir -p /run/mnt
modprobe -a md_mod linear

refused() { # NAME WORDS
    rc "$how, $1: detach is refused" 7 after_udev node_detach $one
    check_match "$how, $1: who uses it is shown" "$ERR" "$2"
    check "$how, $1: it is still there" test -b "$device"
}
# raid_over DISK: md7, linear over this one disk, without a superblock and without mdadm.
raid_over() {
    [ -e /sys/block/md7 ] || echo md7 >/sys/module/md_mod/parameters/new_array
    local md=/sys/block/md7/md
    echo none >$md/metadata_version
    echo linear >$md/level
    echo 1 >$md/raid_disks
    cat "/sys/block/$1/dev" >$md/new_dev
    echo 0 >"$md/dev-$1/slot"
    echo $((32 << 10)) >"$md/dev-$1/size"
    echo readonly >$md/array_state
}
has_mount() { grep -q " $2 " "/proc/$1/mountinfo"; }

for how in 'one path' map; do
    if [ "$how" = map ]; then
        node_info /run/info.json $iqn 7 $a $b
        device=$(node_attach /run/info.json --wwid $one -q --multipath)
        part=$device-part1
    else
        node_info /run/info.json $iqn 7 $a
        device=$(node_attach /run/info.json --wwid $one -q)
        part=${device}1
    fi
    settle

    # A partition, and what is on it.
    printf '\0\0\0\0\203\0\0\0\0\010\0\0\0\200\0\0' | dd of="$device" bs=1 seek=446 conv=notrunc status=none
    printf '\125\252' | dd of="$device" bs=1 seek=510 conv=notrunc,fsync status=none
    if [ "$how" = map ]; then kpartx -a -p -part -s "$device"; else blockdev --rereadpt "$device"; fi
    check "$how: a partition" await 60 test -b "$part"
    settle
    exec 9<"$part"
    refused 'an open partition' '*bash*'
    exec 9<&-
    check "$how: a file system" mkfs.ext2 -q "$part"
    # A mount that only a process in another namespace sees.
    unshare --mount --propagation private sh -c "mount '$part' /run/mnt && exec sleep 1000" &
    holder=$!
    await 60 has_mount $holder /run/mnt
    refused 'a mount in another namespace' "*/run/mnt in the mount namespace of process $holder*"
    check_match "$how: what it says to type" "$ERR" "*nsenter -t $holder -m umount /run/mnt && *"
    check "$how: frees it" nsenter -t $holder -m umount /run/mnt
    kill $holder
    wait $holder 2>/dev/null || :
    loop=$(losetup --find --show "$part")
    refused 'a loop over a partition' '*loop*'
    losetup -d "$loop"
    [ "$how" = 'one path' ] || kpartx -d -p -part -s "$device"
    wipefs -q -a "$device"
    [ "$how" = map ] || blockdev --rereadpt "$device"
    settle

    loop=$(losetup --find --show "$device")
    refused 'a loop' '*loop*'
    losetup -d "$loop"
    check "$how: a volume group" vgcreate -q -y labvg "$device"
    check "$how: a volume" lvcreate -q -y -Wn -Zn -l 4 -n labvol labvg
    refused 'LVM' '*labvg*labvol*'
    vgchange -q -an labvg
    vgremove -q -y -ff labvg
    pvremove -q -y -ff "$device"
    mkswap -q "$device"
    swapon "$device"
    refused 'swap' '*swap*'
    swapoff "$device"
    exec 9<"$device"
    refused 'an open device' "*bash*$$*"
    exec 9<&-
    disk=$(readlink -f "$device")
    raid_over "${disk##*/}"
    refused 'RAID' '*md7*'
    echo clear >/sys/block/md7/md/array_state
    rc "$how: then it goes" 0 after_udev node_detach $one
    check_eq "$how: nothing is left" "$(state_snapshot)" "$before"
done
