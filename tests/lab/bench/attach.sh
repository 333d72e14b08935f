# Times `sanctl attach` and `detach` of the node's half against a bare script, in turns in one guest; prints medians and ratios
# shellcheck shell=bash
# deadline: 240
# Use a release build: SANCTL_BIN=target/release/sanctl. Only runs of one guest on a quiet machine can be compared.
iqn=iqn.2020-01.com.example:lab.target
wwid=6a4c64f1001db63307a4e1700000001e
portal=10.0.0.1:3260
rounds=9
export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
printf '{"driver_volume_type":"iscsi","data":{"target_portal":"%s","target_iqn":"%s","target_lun":7}}' $portal $iqn >/run/info.json
lab_net 1
lio_backstore vol 64M $wwid
lio_target $iqn
lio_portal $iqn 10.0.0.1
lio_lun $iqn 0 vol
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
start_iscsid
before=$(state_snapshot)

# timed LIST CMD...: appends the milliseconds of CMD to the array LIST.
timed() {
    local -n list=$1
    local start=${EPOCHREALTIME/[.,]/}
    shift
    "$@" >/run/out 2>/run/err || { lab_not_ok "$*" "$(</run/out)$(</run/err)"; return 0; }
    list+=($(((${EPOCHREALTIME/[.,]/} - start) / 1000)))
}
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
# line NAME BARE SANCTL: both in ms.
line() { note "$(printf '%-7s  bare %4d ms  sanctl %4d ms  ratio %d.%02d' "$1" "$2" "$3" $(($3 / $2)) $(($3 * 100 / $2 % 100)))"; }

up=() down=() bare_up=() bare_down=()
# A first round of each fills the page cache and is not counted.
for ((round = 0; round <= rounds; round++)); do
    ms=$(/lab/share/bench/bare-attach.sh attach $iqn $portal 7 $wwid)
    bare_up+=("${ms#* }")
    udevadm settle --timeout=10
    ms=$(/lab/share/bench/bare-attach.sh detach $iqn $portal 7)
    bare_down+=("${ms#* }")
    udevadm settle --timeout=10
    timed up sanctl attach --node-only --connection-info /run/info.json --wwid $wwid -q
    udevadm settle --timeout=10
    timed down sanctl detach wwid:$wwid --node-only -q
    udevadm settle --timeout=10
    [ $round != 0 ] || up=() down=() bare_up=() bare_down=()
done
note "bare attach ${bare_up[*]}; sanctl ${up[*]}"
note "bare detach ${bare_down[*]}; sanctl ${down[*]}"
line attach "$(median "${bare_up[@]}")" "$(median "${up[@]}")"
line detach "$(median "${bare_down[@]}")" "$(median "${down[@]}")"
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# Where the time goes, once.
sanctl attach --node-only --connection-info /run/info.json --wwid $wwid --trace /run/trace.up >/dev/null 2>&1
udevadm settle --timeout=10
sanctl detach wwid:$wwid --node-only --trace /run/trace.down >/dev/null 2>&1
for part in up down; do
    note "$part: $(jq -r '[(.argv // [.path // .device // "-", .value // ""] | join(" ")[:80]), "\(.elapsed_ms) ms"] | join("  ")' /run/trace.$part)"
done
