# A LUN over two portals as one map: attach --multipath, every find_multipaths, in use, a portal lost and back, one dead before
# shellcheck shell=bash
# deadline: 400
iqn=iqn.2020-01.com.example:lab.target
one=6a4c64f1001db63307a4e1700000001e
two=6a4c64f1001db63307a4e1700000002f
a=10.0.0.1:3260
b=10.0.1.1:3260
export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
lab_net 2
lio_backstore vol1 64M $one HUAWEI XSG1
lio_backstore vol2 32M $two HUAWEI XSG1
lio_target $iqn
lio_portal $iqn $a
lio_portal $iqn $b
lio_lun $iqn 0 vol1
lio_lun $iqn 1 vol2
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
start_iscsid

info() { # NUMBER: a connection info over both portals
    printf '{"driver_volume_type":"iscsi","data":{"target_portals":["%s","%s"],"target_iqns":["%s","%s"],"target_luns":[%s,%s]}}' \
        $a $b $iqn $iqn "$1" "$1" >/run/info-"$1".json
}
info 7
half() { sanctl attach --node-only --connection-info /run/info-7.json --wwid $one "$@"; }
gone() { sanctl detach wwid:$one --node-only "$@"; }
looks() { sanctl status wwid:$one --node-only "$@"; }
wwids() { if [ -e /etc/multipath/wwids ]; then grep -c '^/' /etc/multipath/wwids || :; else echo 0; fi; }
mapped() { [ "$(multipathd show paths raw format '%w %t %o' | grep -c "^3$one active running")" = "$1" ]; }
state_is() { [ "$(looks -o json | jq -r '.items[0].state')" = "$1" ]; }

# Without multipathd nothing is begun.
before=$(state_snapshot)
rc 'without multipathd: unsupported' 8 half --multipath
check_match 'with what mends it' "$ERR" '*multipathd does not run*systemctl enable --now multipathd*'
check_eq 'without multipathd: nothing was changed' "$(state_snapshot)" "$before"

printf 'defaults {\n  find_multipaths strict\n  polling_interval 2\n}\nblacklist {\n  wwid "%s.*"\n}\n' 36a4c64f >/etc/multipath.conf
start_multipathd
rc 'blacklisted: refused' 7 half --multipath
check_match 'with the line that mends it' "$ERR" "*blacklist_exceptions { wwid \"3$one\" }*"
check_eq 'blacklisted: nothing was changed' "$(state_snapshot)" "$before"

reconfigure() {
    printf 'defaults {\n  find_multipaths %s\n  polling_interval 2\n}\n' "$1" >/etc/multipath.conf
    multipathd reconfigure >/dev/null
    await 10 multipathd_answers
}

# Attach, write, read, detach; however multipathd finds its disks.
for find in strict yes smart greedy no; do
    reconfigure $find
    rc "$find: attach" 0 half --multipath -q
    device=$OUT
    check_eq "$find: the map is handed over" "$device" /dev/mapper/3$one
    dm=$(readlink -f "$device") dm=${dm##*/}
    check_eq "$find: of this identity" "$(<"/sys/block/$dm/dm/uuid")" mpath-3$one
    check_eq "$find: over both paths" "$(ls "/sys/block/$dm/slaves" | wc -l)" 2
    check "$find: usable" multipath -C "/dev/$dm"
    [ $find != strict ] || {
        head -c 1048576 /dev/urandom >/run/data
        check 'it can be written' dd if=/run/data of="$device" bs=1M count=1 conv=fsync status=none
        check 'and read back' cmp -n 1048576 /run/data "$device"
        rc 'attached again' 0 half --multipath -q
        check_eq 'is the same device' "$OUT" "$device"
        rc 'without --multipath it is the map as well' 0 half -q
        check_eq 'never a disk below it' "$OUT" "$device"
        rc 'a disk below it is not handed over' 7 half --multipath=no
        rc 'status' 0 looks
        check_match 'has a row for the map' "$OUT" "*map*node*present*3$one*"
    }
    rc "$find: detach" 0 gone
    check_eq "$find: nothing is left" "$(state_snapshot)" "$before"
    check_eq "$find: multipathd knows none of its paths" "$(multipathd show paths raw format '%d' | grep -c sd || :)" 0
    [ $find != strict ] || check_eq 'nor does its list have it' "$(wwids)" 0
done
reconfigure strict

# In use.
rc 'attach' 0 half --multipath -q
check 'a file system' mkfs.ext4 -q /dev/mapper/3$one
mkdir -p /run/mnt
check 'mounted' mount /dev/mapper/3$one /run/mnt
udevadm settle --timeout=10
rc 'a mounted map is not detached' 7 gone
check_match 'who uses it is shown' "$ERR" '*dm-*is in use*/run/mnt*'
head -c 1048576 /dev/urandom >/run/mnt/file
sum=$(md5sum </run/mnt/file)

# A portal is lost while it is mounted, and comes back.
portal_down 2
check 'one path is left' await 40 mapped 1
check 'status is degraded' await 40 state_is degraded
rc 'degraded' 3 looks
check_match 'the map is still named' "$OUT" "*device*/dev/mapper/3$one*"
check 'the map still takes data' dd if=/run/data of=/run/mnt/other bs=1M count=1 conv=fsync status=none
portal_up 2
check 'the path comes back' await 40 mapped 2
check 'status is whole' await 20 state_is attached
umount /run/mnt
rc 'detach' 0 gone
check_eq 'nothing is left' "$(state_snapshot)" "$before"
rc 'attach to read' 0 half --multipath -q
mount /dev/mapper/3$one /run/mnt
check_eq 'what was written is there' "$(md5sum </run/mnt/file)" "$sum"
umount /run/mnt
udevadm settle --timeout=10
rc 'detach' 0 gone

# A portal is dead before.
portal_down 2
rc 'one dead portal: degraded' 9 half --multipath -q
check_eq 'the map is handed over' "$OUT" /dev/mapper/3$one
check_match 'the portal is named' "$ERR" "*$b*"
rc 'detach' 0 gone
check_eq 'nothing is left' "$(state_snapshot)" "$before"
rc 'fewer than needed' 5 half --multipath --paths want=2,min=2
check_eq 'changes nothing' "$(state_snapshot)" "$before"
portal_up 2
rc 'want 4, min 2 of two' 9 half --multipath --paths want=4,min=2 -q
check_match 'says how many' "$ERR" '*2 of 4*'
rc 'detach' 0 gone
