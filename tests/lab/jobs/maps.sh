# Multipath maps by hand: add-path, grow after a resize, flush; adapters as sysfs shows them
# shellcheck shell=bash
# deadline: 330
wwid=$one
map=3$wwid
configure_node
lab_net 2
# A block backstore, because only that one tells its new size; on a loop device.
truncate -s 64M /run/disk
loop=$(losetup --find --show /run/disk)
LAB_CORE=/sys/kernel/config/target/core/iblock_0
mkdir -p $LAB_CORE/vol
echo "udev_path=$loop" >$LAB_CORE/vol/control
echo "0x${wwid:1:6}" >$LAB_CORE/vol/wwn/company_id
echo HUAWEI >$LAB_CORE/vol/wwn/vendor_id
echo XSG1 >$LAB_CORE/vol/wwn/product_id
echo "${wwid:7}" >$LAB_CORE/vol/wwn/vpd_unit_serial
echo 1 >$LAB_CORE/vol/enable
lio_export $iqn "$a $b" 7:vol
start_iscsid
before=$(state_snapshot)

item() { jq -r ".item.$1" <<<"$OUT"; }
items() { jq -r "[.items[].$1] | sort | join(\" \")" <<<"$OUT"; }
size_of() { echo $(($(<"/sys/class/block/$1/size") * 512)); }
grow_array() { truncate -s "$1" /run/disk; losetup --set-capacity "$loop"; }

for portal in $a $b; do
    rc "record of $portal" 0 sanctl session add-record --target $iqn --portal $portal,1
    rc "login at $portal" 0 sanctl session login --target $iqn --portal $portal
    rc "scan at $portal" 0 sanctl device scan --target $iqn --portal $portal --lun 7 -o json
    disks+=("$(item name)")
done
read -r one two <<<"${disks[*]}"

# Adapters: software iSCSI has one for each session.
rc 'adapters' 0 sanctl hba list -o json
check_eq 'one for each session' "$(items protocol) $(items luns)" 'iscsi iscsi 1 1'
check_eq 'with their own addresses' "$(items address)" '10.0.0.2 10.0.1.2'
rc 'targets' 0 sanctl hba targets -o json
check_eq 'each with its portal' "$(items portal)" "$a $b"
rc 'one adapter' 0 sanctl hba show "$(sanctl hba list -o name | head -n 1)" -o json
check_eq 'and who it logs in as' "$(item initiator)" $LAB_INITIATOR

# Without a map only the paths grow.
grow_array 80M
rc 'grow without a map' 0 sanctl device grow "$one" -o json
check_eq 'changes the paths' "$(item changed) $(size_of "$one") $(size_of "$two")" "true $((80 << 20)) $((80 << 20))"
rc 'again is nothing new' 0 sanctl device grow wwid:$wwid -o json
check_eq 'and says so' "$(item changed)" false

# Without multipathd.
rc 'a path without multipathd' 8 sanctl device add-path "$one"
check_match 'says what is missing' "$ERR" '*multipathd does not run*'
rc 'a map that is not there' 0 sanctl device flush mpatha -o json
check_eq 'is nothing to do' "$(item changed)" false
start_multipathd
sleep_free() { [ "$(ls "/sys/class/block/$1/holders")" = "$2" ]; }
check 'strict: no map by itself' sleep_free "$one" ''

# Paths.
rc 'what it would do' 0 sanctl device add-path "$one" --dry-run
check_match 'is what a person would type' "$OUT" "*multipath -a $map*multipathd add path $one*"
rc 'add a path' 0 sanctl device add-path "$one" -o json
dm=$(item id)
check 'udev has its name' await 60 test -e /dev/mapper/$map
check_eq 'makes the map' "$(item name) $(<"/sys/class/block/$dm/dm/uuid")" "$map mpath-$map"
rc 'add it again' 0 sanctl device add-path "$one" -o json
check_eq 'changes nothing' "$(item changed)" false
rc 'the other path' 0 sanctl device add-path "$two"
check_eq 'both are under it' "$(ls "/sys/class/block/$dm/slaves" | sort | xargs)" "$(printf '%s\n' "$one" "$two" | sort | xargs)"
rc 'a path under a map is not removed' 7 sanctl device remove "$one" --yes

# Growth with a map.
grow_array 128M
rc 'grow by the map' 0 sanctl device grow /dev/mapper/$map -o json
check_eq 'the map has the new size' "$(item changed) $(size_of "$dm")" "true $((128 << 20))"
check_eq 'and both paths' "$(size_of "$one") $(size_of "$two")" "$((128 << 20)) $((128 << 20))"
check 'the new end can be read' dd if=/dev/mapper/$map of=/dev/null bs=1M skip=127 count=1 iflag=direct status=none
portal_down 2
is_down() { [ "$(<"/sys/class/block/$two/device/state")" != running ]; }
check 'a portal is lost' await 60 is_down
grow_array 160M
rc 'no growth with a dead path' 7 sanctl device grow wwid:$wwid
check_eq 'the map is as it was' "$(size_of "$dm")" $((128 << 20))
portal_up 2
is_up() { [ "$(<"/sys/class/block/$two/device/state")" = running ]; }
check 'it comes back' await 60 is_up
check 'for the map too' await 60 active_paths $wwid 2
rc 'growth goes on' 0 sanctl device grow wwid:$wwid -o json
check_eq 'to the size that the array has' "$(size_of "$dm")" $((160 << 20))

# Flush.
exec {held}</dev/mapper/$map
rc 'an open map is not flushed' 7 sanctl device flush $map --yes
check_match 'who holds it is shown' "$ERR" '*bash*'
exec {held}<&-
settle
rc 'a flush asks' 2 sanctl device flush $map --no-input
head -c 1048576 /dev/urandom >/run/data
dd if=/run/data of=/dev/mapper/$map bs=1M count=1 status=none
rc 'flush' 0 sanctl device flush $map --yes
check 'the map is gone' fails test -e /dev/mapper/$map
check_match 'and the way back' "$ERR" '*sanctl device add-path*'
echo 3 >/proc/sys/vm/drop_caches
check 'what was written is there' cmp -n 1048576 /run/data "/dev/$one"
settle
rc 'again is nothing to do' 0 sanctl device flush $map -o json
check_eq 'and says so' "$(item changed)" false
rc 'now the paths can go' 0 sanctl device remove "$one" "$two" --yes

for portal in $a $b; do
    sid=$(jq -r --arg p $portal '.items[] | select(.portal == $p) | .sid' < <(sanctl session list -o json))
    rc "logout of $portal" 0 sanctl session logout "$sid" --yes
    rc "record of $portal away" 0 sanctl session delete-record --target $iqn --portal $portal --yes
done
check_eq 'nothing is left' "$(state_snapshot)" "$before"
