# LUN numbers: of 256 and more in both ways to count; given to another LUN while the old disk or map is there, held and unheld
# shellcheck shell=bash
# deadline: 500
configure_node
lio_two_luns
start_iscsid
before=$(state_snapshot)

one() { node_info /run/info.json $iqn "$1" $a; }
both() { node_info /run/info.json $iqn "$1" $a $b; }
number() { # NUMBER LUN: the number is of this LUN from now on
    [ ! -e "$LAB_ISCSI/$iqn/tpgt_1/acls/$LAB_INITIATOR/lun_$1" ] || lio_unmap $iqn $LAB_INITIATOR "$1"
    [ $# = 1 ] || lio_map $iqn $LAB_INITIATOR "$1" "$2"
}
# right_or_none WWID: the device in /run/out, if there is one, and all its paths have this identity.
right_or_none() {
    local out dm disk
    out=$(grep '^/dev/' /run/out) || return 0
    dm=$(readlink -f "$out") dm=${dm##*/}
    [ "$(map_id "$out")" = "mpath-3$1" ] || return 1
    for disk in "/sys/block/$dm/slaves/"*; do [ "$(wwid_of "${disk##*/}")" = "$1" ] || return 1; done
}
content() { md5sum </run/lio-vol2; }

# Numbers of 256 and more; 16684 is how the kernel counts number 300 of an array with flat addressing.
for try in 255:255 256:256 300:16684 16383:16383 16383:32767; do
    number "${try#*:}" 0
    both "${try%:*}"
    rc "number ${try%:*} as ${try#*:}: attach" 0 node_attach /run/info.json -q --wwid $one
    check_eq "number ${try%:*} as ${try#*:}: its wwid" "$(wwid_of "${OUT#/dev/}")" $one
    check_eq "number ${try%:*} as ${try#*:}: two paths" "$(cd /sys/class/scsi_device && echo ./*:"${try#*:}" | wc -w)" 2
    rc "number ${try%:*} as ${try#*:}: status" 0 node_status $one -o json
    rc "number ${try%:*} as ${try#*:}: detach" 0 after_udev node_detach $one
    check_eq "number ${try%:*} as ${try#*:}: nothing is left" "$(state_snapshot)" "$before"
    number "${try#*:}"
done

# Another LUN at the number, the old disk still there.
sum=$(content)
one 7
number 7 0
rc 'reused: attach the first' 0 node_attach /run/info.json -q --wwid $one
old=$OUT
number 7 1
exec 8<"$old"
rc 'reused, held: the new LUN does not come' 7 node_attach /run/info.json -q --wwid $two
check_eq 'reused, held: no device comes out' "$OUT" ''
check_match 'reused, held: both are named' "$ERR" "*$one*$two*"
rc 'reused, held: nor does the old one' 7 node_attach /run/info.json -q --wwid $one
check_eq 'reused, held: no device comes out' "$OUT" ''
rc 'reused, held: status' 3 node_status $one -o json
check_eq 'reused, held: names no device' "$(jq -r '.items[0].device' <<<"$OUT")" null
rc 'reused, held: it is not removed' 7 after_udev node_detach $one
check_match 'reused, held: who has it is shown' "$ERR" "*bash*$$*"
check 'reused, held: it is there' test -b "$old"
exec 8<&-
rc 'reused, unheld: detach of the old one' 0 after_udev node_detach $one
check_eq 'reused, unheld: nothing is left' "$(state_snapshot)" "$before"
number 7 0
rc 'reused: attach the first again' 0 node_attach /run/info.json -q --wwid $one
number 7 1
settle
rc 'reused, unheld: the new LUN takes the place of the stale disk' 0 node_attach /run/info.json -q --wwid $two
check_eq 'reused, unheld: it has its own wwid' "$(wwid_of "${OUT#/dev/}")" $two
check_eq 'reused, unheld: and its own size' "$(blockdev --getsize64 "$OUT")" $((32 << 20))
rc 'reused, unheld: the first is told as gone' 3 node_status $one -o json
rc 'reused, unheld: detach the first' 0 after_udev node_detach $one
rc 'reused, unheld: the second is whole' 0 node_status $two -o json
rc 'reused, unheld: detach the second' 0 after_udev node_detach $two
check_eq 'reused, unheld: nothing is left' "$(state_snapshot)" "$before"

# The same under a map.
start_multipathd
before=$(state_snapshot)
both 7
number 7 0
rc 'map: attach the first' 0 node_attach /run/info.json -q --wwid $one --multipath
map=$OUT
settle
number 7 1
exec 8<"$map"
rc 'map, held: the new LUN does not come' 7 node_attach /run/info.json -q --wwid $two --multipath
check_eq 'map, held: no device comes out' "$OUT" ''
rc 'map, held: nor without a map' 7 node_attach /run/info.json -q --wwid $two
check_eq 'map, held: no device comes out' "$OUT" ''
rc 'map, held: detach of the old one' 7 after_udev node_detach $one
exec 8<&-
rc 'map, unheld: detach of the old one' 0 after_udev node_detach $one
check_eq 'map, unheld: nothing is left' "$(state_snapshot)" "$before"
number 7 0
rc 'map: attach the first again' 0 node_attach /run/info.json -q --wwid $one --multipath
settle
number 7 1
for disk in /sys/block/sd*; do echo 1 >"$disk/device/rescan"; done
# multipathd may have moved a path to a map of its own by now: then the right disk comes out, else none.
for how in --multipath=yes --multipath=no; do
    node_attach /run/info.json --wwid $two -q $how >/run/out 2>&1 || :
    # udev still tells of the map whose number this one has got, and renews its link.
    check "map, the kernel knows: the new LUN or none, $how" await 60 right_or_none $two
done
rc 'map, the kernel knows: not the old one' 7 node_attach /run/info.json -q --wwid $one --multipath
check_eq 'map, the kernel knows: no device comes out' "$OUT" ''
for disk in /sys/block/sd*; do multipathd del path "${disk##*/}" >/dev/null || :; done
# A map without paths may keep commands; nothing that it could write is left.
rc 'map, its paths taken out: detach' 0 after_udev node_detach $one --force --confirm wwid:$one
rc 'map, its paths taken out: the new LUN comes' 0 node_attach /run/info.json -q --wwid $two --multipath
check_eq 'map, its paths taken out: it has its own map' "$OUT" /dev/mapper/3$two
rc 'map: detach the new LUN' 0 after_udev node_detach $two
check_eq 'map: nothing is left' "$(state_snapshot)" "$before"
check_eq 'nothing was ever written to the new LUN' "$(content)" "$sum"
