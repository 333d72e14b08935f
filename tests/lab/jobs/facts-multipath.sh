# What sanctl assumes about multipathd: the map's name and uuid, its hold on timeouts, a dead path
# shellcheck shell=bash
map=3$one

lio_two_luns 7
start_iscsid
start_multipathd no
before=$(state_snapshot)

attach_by_hand $iqn $a 7
attach_by_hand $iqn $b 7
check 'a map over both paths appears' await 60 active_paths $one 2
dm=$(readlink -f /dev/mapper/$map)
dm=${dm##*/}
check_eq 'its name in sysfs is 3 and the wwid' "$(<"/sys/block/$dm/dm/name")" $map
check_eq 'its uuid is mpath- and the name' "$(<"/sys/block/$dm/dm/uuid")" "mpath-$map"
check_eq 'it has two slaves in sysfs' "$(ls "/sys/block/$dm/slaves" | wc -l)" 2
check_eq 'the path has one holder' "$(ls "/sys/block/$DISK/holders")" "$dm"
is_by_id() { [ "$(readlink -f /dev/disk/by-id/wwn-0x$one)" = "/dev/$dm" ]; }
check 'the by-id link points at the map' await 60 is_by_id

head -c 4096 /dev/urandom >/run/data
check 'write through the map' dd if=/run/data of=/dev/mapper/$map bs=4096 count=1 conv=fsync status=none
portal_down 2
check 'after a dead portal one path is left' await 60 active_paths $one 1
check 'and the map still reads' dd if=/dev/mapper/$map of=/dev/null bs=4096 count=1 iflag=direct status=none
portal_up 2
check 'the path comes back by itself' await 60 active_paths $one 2

exec {held}</dev/mapper/$map
check_rc 'flush of an open map: 1' 1 multipath -f $map
exec {held}<&-
settle
check_rc 'flush of a closed one' 0 multipath -f $map
check 'the map is gone' fails test -e /dev/mapper/$map
for portal in $a $b; do
    HOST=$(host_of $iqn $portal)
    echo 1 >"/sys/block/$(disk_of "$HOST" 7)/device/delete"
    logout $iqn $portal >/dev/null
    forget $iqn $portal
done
check_eq 'nothing is left' "$(state_snapshot)" "$before"
