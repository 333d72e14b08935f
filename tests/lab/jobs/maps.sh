# Multipath maps by hand: add-path, grow after a resize, flush; adapters as sysfs shows them
# shellcheck shell=bash
# deadline: 240
iqn=iqn.2020-01.com.example:lab.target
wwid=6a4c64f1001db63307a4e1700000001e
map=3$wwid
a=10.0.0.1:3260
b=10.0.1.1:3260
export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
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
lio_target $iqn
lio_portal $iqn $a
lio_portal $iqn $b
lio_lun $iqn 0 vol
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
start_iscsid
before=$(state_snapshot)

item() { jq -r ".item.$1" <<<"$OUT"; }
items() { jq -r "[.items[].$1] | sort | join(\" \")" <<<"$OUT"; }
sanctl_rc() {
    local name=$1 wanted=$2 rc=0
    shift 2
    OUT=$(sanctl "$@" 2>/run/err) || rc=$?
    ERR=$(</run/err)
    check_eq "$name" "$rc" "$wanted"
    [ "$rc" = "$wanted" ] || note "$ERR"
}
size_of() { echo $(($(<"/sys/class/block/$1/size") * 512)); }
grow_array() { truncate -s "$1" /run/disk; losetup --set-capacity "$loop"; }

for portal in $a $b; do
    sanctl_rc "record of $portal" 0 session add-record --target $iqn --portal $portal,1
    sanctl_rc "login at $portal" 0 session login --target $iqn --portal $portal
    sanctl_rc "scan at $portal" 0 device scan --target $iqn --portal $portal --lun 7 -o json
    disks+=("$(item name)")
done
read -r one two <<<"${disks[*]}"

# Adapters: software iSCSI has one for each session.
sanctl_rc 'adapters' 0 hba list -o json
check_eq 'one for each session' "$(items protocol) $(items luns)" 'iscsi iscsi 1 1'
check_eq 'with their own addresses' "$(items address)" '10.0.0.2 10.0.1.2'
sanctl_rc 'targets' 0 hba targets -o json
check_eq 'each with its portal' "$(items portal)" "$a $b"
sanctl_rc 'one adapter' 0 hba show "$(sanctl hba list -o name | head -n 1)" -o json
check_eq 'and who it logs in as' "$(item initiator)" $LAB_INITIATOR

# Without a map only the paths grow.
grow_array 80M
sanctl_rc 'grow without a map' 0 device grow "$one" -o json
check_eq 'changes the paths' "$(item changed) $(size_of "$one") $(size_of "$two")" "true $((80 << 20)) $((80 << 20))"
sanctl_rc 'again is nothing new' 0 device grow wwid:$wwid -o json
check_eq 'and says so' "$(item changed)" false

# Without multipathd.
sanctl_rc 'a path without multipathd' 8 device add-path "$one"
check_match 'says what is missing' "$ERR" '*multipathd does not run*'
sanctl_rc 'a map that is not there' 0 device flush mpatha -o json
check_eq 'is nothing to do' "$(item changed)" false
printf 'defaults {\n  find_multipaths strict\n  polling_interval 2\n}\n' >/etc/multipath.conf
start_multipathd
sleep_free() { [ "$(ls "/sys/class/block/$1/holders")" = "$2" ]; }
check 'strict: no map by itself' sleep_free "$one" ''

# Paths.
sanctl_rc 'what it would do' 0 device add-path "$one" --dry-run
check_match 'is what a person would type' "$OUT" "*multipath -a $map*multipathd add path $one*"
sanctl_rc 'add a path' 0 device add-path "$one" -o json
dm=$(item id)
check 'udev has its name' await 10 test -e /dev/mapper/$map
check_eq 'makes the map' "$(item name) $(<"/sys/class/block/$dm/dm/uuid")" "$map mpath-$map"
sanctl_rc 'add it again' 0 device add-path "$one" -o json
check_eq 'changes nothing' "$(item changed)" false
sanctl_rc 'the other path' 0 device add-path "$two"
check_eq 'both are under it' "$(ls "/sys/class/block/$dm/slaves" | sort | xargs)" "$(printf '%s\n' "$one" "$two" | sort | xargs)"
sanctl_rc 'a path under a map is not removed' 7 device remove "$one" --yes

# Growth with a map.
grow_array 128M
sanctl_rc 'grow by the map' 0 device grow /dev/mapper/$map -o json
check_eq 'the map has the new size' "$(item changed) $(size_of "$dm")" "true $((128 << 20))"
check_eq 'and both paths' "$(size_of "$one") $(size_of "$two")" "$((128 << 20)) $((128 << 20))"
check 'the new end can be read' dd if=/dev/mapper/$map of=/dev/null bs=1M skip=127 count=1 iflag=direct status=none
portal_down 2
is_down() { [ "$(<"/sys/class/block/$two/device/state")" != running ]; }
check 'a portal is lost' await 40 is_down
grow_array 160M
sanctl_rc 'no growth with a dead path' 7 device grow wwid:$wwid
check_eq 'the map is as it was' "$(size_of "$dm")" $((128 << 20))
portal_up 2
is_up() { [ "$(<"/sys/class/block/$two/device/state")" = running ]; }
check 'it comes back' await 40 is_up
has_both() { [ "$(multipathd show paths raw format '%w %t %o' | grep -c "^$map active running")" = 2 ]; }
check 'for the map too' await 40 has_both
sanctl_rc 'growth goes on' 0 device grow wwid:$wwid -o json
check_eq 'to the size that the array has' "$(size_of "$dm")" $((160 << 20))

# Flush.
exec {held}</dev/mapper/$map
sanctl_rc 'an open map is not flushed' 7 device flush $map --yes
check_match 'who holds it is shown' "$ERR" '*bash*'
exec {held}<&-
udevadm settle --timeout=10
sanctl_rc 'a flush asks' 2 device flush $map --no-input
head -c 1048576 /dev/urandom >/run/data
dd if=/run/data of=/dev/mapper/$map bs=1M count=1 status=none
sanctl_rc 'flush' 0 device flush $map --yes
check 'the map is gone' fails test -e /dev/mapper/$map
check_match 'and the way back' "$ERR" '*sanctl device add-path*'
echo 3 >/proc/sys/vm/drop_caches
check 'what was written is there' cmp -n 1048576 /run/data "/dev/$one"
udevadm settle --timeout=10
sanctl_rc 'again is nothing to do' 0 device flush $map -o json
check_eq 'and says so' "$(item changed)" false
sanctl_rc 'now the paths can go' 0 device remove "$one" "$two" --yes

for portal in $a $b; do
    sid=$(jq -r --arg p $portal '.items[] | select(.portal == $p) | .sid' < <(sanctl session list -o json))
    sanctl_rc "logout of $portal" 0 session logout "$sid" --yes
    sanctl_rc "record of $portal away" 0 session delete-record --target $iqn --portal $portal --yes
done
check_eq 'nothing is left' "$(state_snapshot)" "$before"
