# Times `sanctl attach --multipath` and `detach` over two portals against bare commands, in turns in one guest; prints medians and ratios
# shellcheck shell=bash
# deadline: 400
# Use a release build: SANCTL_BIN=target/release/sanctl. Only runs of one guest on a quiet machine can be compared.
iqn=iqn.2020-01.com.example:lab.target
wwid=6a4c64f1001db63307a4e1700000001e
a=10.0.0.1:3260
b=10.0.1.1:3260
rounds=7
export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
printf '{"driver_volume_type":"iscsi","data":{"target_portals":["%s","%s"],"target_iqns":["%s","%s"],"target_luns":[7,7]}}' \
    $a $b $iqn $iqn >/run/info.json
lab_net 2
lio_backstore vol 64M $wwid HUAWEI XSG1
lio_target $iqn
lio_portal $iqn $a
lio_portal $iqn $b
lio_lun $iqn 0 vol
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
start_iscsid
printf 'defaults {\n  find_multipaths strict\n}\n' >/etc/multipath.conf
start_multipathd
before=$(state_snapshot)

# The least that makes a map of two paths: no lock, no journal, no check but the wwid.
one_path() { # PORTAL
    iscsiadm -m node -T $iqn -p "$1,1" -o new
    iscsiadm -m node -T $iqn -p "$1" -o update -n node.session.scan -v manual
    iscsiadm -m node -T $iqn -p "$1" --login
    scan_lun "$(host_of $iqn "$1")" 7
}
bare_up() {
    multipath -a 3$wwid >/dev/null
    one_path $a >/dev/null &
    one_path $b >/dev/null
    wait $!
    await 30 both_in
    [ "$(wwid_of sda)" = $wwid ] && [ "$(wwid_of sdb)" = $wwid ]
}
both_in() { local slaves=(/sys/block/dm-*/slaves/sd*); [ ${#slaves[@]} = 2 ] && [ -b /dev/mapper/3$wwid ]; }
bare_down() {
    local disk
    multipath -f 3$wwid
    for disk in /sys/block/sd*; do echo 1 >"$disk/device/delete"; done
    logout $iqn $a >/dev/null &
    logout $iqn $b >/dev/null
    wait $!
    forget $iqn $a
    forget $iqn $b
    multipath -w 3$wwid >/dev/null
}
timed() { # LIST CMD...: appends the milliseconds of CMD to the array LIST
    local -n list=$1
    local start=${EPOCHREALTIME/[.,]/}
    shift
    "$@" >/run/out 2>/run/err || lab_not_ok "$*" "$(</run/out)$(</run/err)"
    list+=($(((${EPOCHREALTIME/[.,]/} - start) / 1000)))
    udevadm settle --timeout=10
}
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
line() { note "$(printf '%-7s  bare %4d ms  sanctl %4d ms  ratio %d.%02d' "$1" "$2" "$3" $(($3 / $2)) $(($3 * 100 / $2 % 100)))"; }

up=() down=() bare_ups=() bare_downs=()
# A first round of each fills the page cache and is not counted.
for ((round = 0; round <= rounds; round++)); do
    timed bare_ups bare_up
    timed bare_downs bare_down
    timed up sanctl attach --node-only --connection-info /run/info.json --wwid $wwid --multipath -q
    timed down sanctl detach wwid:$wwid --node-only -q
    [ $round != 0 ] || up=() down=() bare_ups=() bare_downs=()
done
note "bare attach ${bare_ups[*]}; sanctl ${up[*]}"
note "bare detach ${bare_downs[*]}; sanctl ${down[*]}"
line attach "$(median "${bare_ups[@]}")" "$(median "${up[@]}")"
line detach "$(median "${bare_downs[@]}")" "$(median "${down[@]}")"
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# Where the time goes, once.
sanctl attach --node-only --connection-info /run/info.json --wwid $wwid --multipath --trace /run/trace.up >/dev/null 2>&1
udevadm settle --timeout=10
sanctl detach wwid:$wwid --node-only --trace /run/trace.down >/dev/null 2>&1
for part in up down; do
    note "$part: $(jq -r '[(.argv // [.path // .device // "-", .value // ""] | join(" ")[:80]), "\(.elapsed_ms) ms"] | join("  ")' /run/trace.$part)"
done
