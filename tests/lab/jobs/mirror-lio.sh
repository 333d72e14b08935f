# The practice array's real targets: two portals, CHAP, strangers left alone, sessions that outlive a crash of the array
# shellcheck shell=bash
stranger=iqn.2003-01.org.linux-iscsi.lab:stranger
lio_backstore stranger 8M 6001405000000000000000000000beef
lio_target $stranger
lio_lun $stranger 0 stranger
lio_acl $stranger iqn.2020-01.com.example:somebody
before=$(target_snapshot)
array=(2 --state /run/array.json --lun vol-1=64M --lun vol-2=64M)
practice_array "${array[@]}"
start_iscsid
node_before=$(state_snapshot)
sessions() {
    local s
    for s in /sys/class/iscsi_session/session*; do [ ! -e "$s" ] || echo "${s##*/session} $(<"$s/state")"; done
}
online() { [ "$(sanctl initiator list -o json | jq -r '[.. | .online? // empty] | any')" = "$1" ]; }

check 'attach over two portals' sanctl attach vol-1 --yes
check_eq 'a session for each' "$(sessions | grep -c LOGGED_IN)" 2
dev=$(sanctl attach vol-1 --yes -q)
disk=$(basename "$(readlink -f "$dev")")
check_eq 'made by the array' "$(xargs <"/sys/block/$disk/device/vendor") $(xargs <"/sys/block/$disk/device/model")" 'HUAWEI XSG1'
check 'the array sees the node online' await 60 online true

kept=$(sessions)
targets=$(target_snapshot)
echo 'before the crash' >/run/text
check 'write' dd if=/run/text of="$dev" bs=512 conv=sync,fsync status=none
kill_practice_array
check_eq 'the crash leaves the targets' "$(target_snapshot)" "$targets"
check_match 'and the data' "$(dd if="$dev" bs=512 count=1 iflag=direct status=none | tr -d '\0')" 'before the crash'
practice_array "${array[@]}"
check_eq 'a new process takes the targets over' "$(target_snapshot)" "$targets"
check_eq 'no session was cut' "$(sessions)" "$kept"
check 'status finds every step' sanctl status vol-1
check 'attach another LUN on the same sessions' sanctl attach vol-2 --yes
check_eq 'still the same sessions' "$(sessions)" "$kept"
settle
check 'detach one' sanctl detach vol-2 --yes
check 'detach the other' sanctl detach vol-1 --yes
check_eq 'nothing is left on the node' "$(state_snapshot)" "$node_before"
check 'the array sees the node offline' await 60 fails online true

check 'an administrator makes the initiator use CHAP' array_rest POST /iscsi_initiator \
    "{\"ID\": \"$LAB_INITIATOR\", \"USECHAP\": \"true\", \"CHAPNAME\": \"node\", \"CHAPPASSWORD\": \"secret-of-lab\"}"
check_rc 'CHAP that the configuration does not know' 6 sanctl attach vol-1 --yes
check_eq 'is taken back' "$(state_snapshot)" "$node_before"
printf 'chap = { user = "node", password = { file = "/etc/sanctl/chap" } }\n' >>/etc/sanctl/config.toml
(umask 077 && echo 'secret-of-lab' >/etc/sanctl/chap)
check 'attach with CHAP' sanctl attach vol-1 --yes
check_eq 'the sessions used it' "$(cat /sys/class/iscsi_session/session*/username | sort -u)" node
check_eq 'LIO wants it' "$(cat /sys/kernel/config/target/iscsi/iqn.2006-08*/tpgt_*/acls/"$LAB_INITIATOR"/attrib/authentication | sort -u)" 1
settle
check 'detach' sanctl detach vol-1 --yes
check_eq 'nothing is left on the node at the end' "$(state_snapshot)" "$node_before"

kill_practice_array
practice_array "${array[@]}"
end_practice_array
check_eq 'the array ends in order' "$ARRAY_RC" 0
check_eq 'only what others made is left' "$(target_snapshot)" "$before"
