# attach over both wires of an ONTAP ends in a real disk with the NAA of its serial; a node that does not report; CHAP
# deadline: 320
# shellcheck shell=bash
vol=/vol/cinder_a/vol-1
target_before=$(target_snapshot)
array=(3 --pairs 2 --lun "$vol=64M" --lun /vol/cinder_a/vol-2=64M --state /run/array.json)
practice_ontap rest "${array[@]}"
start_iscsid
node_before=$(state_snapshot)
maps() { ontap_rest GET '/protocols/san/lun-maps?fields=logical_unit_number,reporting_nodes'; }
sessions() { cat /sys/class/iscsi_connection/connection*/persistent_address | sort; }
own_disks() { grep -lx "naa.$wwid" /sys/class/scsi_device/*/device/wwid; }
speak() { sed -i "s/^api = .*/api = \"$1\"/" /etc/sanctl/config.toml; }
maps_before=$(maps)
serial=$(ontap_rest GET "/storage/luns?name=${vol//\//%2F}&fields=serial_number" | jq -r '.records[0].serial_number')
wwid=600a0980$(printf %s "$serial" | od -An -v -tx1 | tr -d ' \n')
check_eq 'a serial of 12 characters' "${#serial} ${#wwid}" '12 32'
target=$(ontap_rest GET '/protocols/san/iscsi/services?fields=target' | jq -r '.records[0].target.name')

for api in rest zapi; do
    speak $api
    check "$api: the array can be used" sanctl array test
    check_rc "$api: attach" 0 sanctl attach vol-1 --yes
    dev=$(sanctl attach vol-1 --yes -q)
    check_match "$api: again: the same device, no work" "$dev" '/dev/*'
    disk=$(basename "$(readlink -f "$dev")")
    check "$api: it is a block device" test -b "$dev"
    check_eq "$api: with the NAA of the serial" "$(wwid_of "$disk")" "$wwid"
    check_eq "$api: made by NetApp" "$(xargs <"/sys/block/$disk/device/vendor") $(xargs <"/sys/block/$disk/device/model")" 'NETAPP LUN C-Mode'
    check_eq "$api: and its size" "$(<"/sys/block/$disk/size")" $((64 * 1024 * 2))
    check_eq "$api: a session with each reporting node, none with the third" "$(sessions)" '10.0.0.1
10.0.1.1'
    check_eq "$api: a path through each" "$(own_disks | wc -l)" 2
    check "$api: status finds every step" sanctl status vol-1
    check_eq "$api: the array knows where the node is logged in" \
        "$(ontap_rest GET '/protocols/san/iscsi/sessions?fields=target_portal_group' | jq -r '.records[].target_portal_group' | sort | xargs)" 'iscsi_1 iscsi_2'

    if [ $api = rest ]; then
        yes sanctl | head -c 1048576 >/run/written || :
        check "$api: write" dd if=/run/written of="$dev" bs=64k oflag=direct conv=fsync status=none
    fi
    dd if="$dev" of=/run/read bs=64k count=16 iflag=direct status=none
    check "$api: what was written is read" cmp /run/written /run/read
    settle

    check "$api: another LUN on the same sessions" sanctl attach vol-2 --yes
    settle
    check "$api: detach it" sanctl detach vol-2 --yes
    check "$api: the first stays" test -b "$dev"
    check "$api: detach" sanctl detach vol-1 --yes
    check_eq "$api: nothing is left on the node" "$(state_snapshot)" "$node_before"
    check_eq "$api: no map is left" "$(maps)" "$maps_before"
    check_eq "$api: no igroup of ours is left" "$(sanctl hostgroup list -o name | grep -c '^sanctl-' || :)" 0
    check "$api: detach again is no work" sanctl detach vol-1 --yes
done

check 'attach once more' sanctl attach vol-1 --yes
far=$(echo /sys/kernel/config/target/iscsi/"$target"/tpgt_*/np/10.0.2.1:3260)
far=${far#*/tpgt_}
node_record "$target" 10.0.2.1:3260 "${far%%/*}" >/dev/null
check 'the portal of a node that does not report lets the node in' login "$target" 10.0.2.1:3260
check 'after a scan of everything' iscsiadm -m session --rescan
check_eq 'it shows nothing' "$(own_disks | wc -l)" 2
logout "$target" 10.0.2.1:3260 >/dev/null
forget "$target" 10.0.2.1:3260
settle
check 'detach' sanctl detach vol-1 --yes
check_eq 'nothing is left on the node' "$(state_snapshot)" "$node_before"

check 'an administrator makes the initiator use CHAP' ontap_rest POST /protocols/san/iscsi/credentials \
    "{\"svm\": {\"name\": \"svm_gold\"}, \"initiator\": \"$LAB_INITIATOR\", \"authentication_type\": \"chap\",
      \"chap\": {\"inbound\": {\"user\": \"node\", \"password\": \"secret-of-lab\"}}}"
check_rc 'CHAP that the configuration does not know' 6 sanctl attach vol-1 --yes
check_eq 'is taken back' "$(state_snapshot)" "$node_before"
printf 'chap = { user = "node", password = { file = "/etc/sanctl/chap" } }\n' >>/etc/sanctl/config.toml
(umask 077 && echo 'secret-of-lab' >/etc/sanctl/chap)
for api in zapi rest; do
    speak $api
    check "$api: attach with CHAP" sanctl attach vol-1 --yes
    check_eq "$api: the sessions used it" "$(cat /sys/class/iscsi_session/session*/username | sort -u)" node
    check_eq "$api: LIO wants it" \
        "$(cat /sys/kernel/config/target/iscsi/"$target"/tpgt_*/acls/"$LAB_INITIATOR"/attrib/authentication | sort -u)" 1
    settle
    check "$api: detach" sanctl detach vol-1 --yes
    check_eq "$api: nothing is left on the node at the end" "$(state_snapshot)" "$node_before"
done

kept=$(target_snapshot)
kill_practice_array
check_eq 'a crash leaves the targets' "$(target_snapshot)" "$kept"
practice_ontap auto "${array[@]}"
check_eq 'a new process takes them over' "$(target_snapshot)" "$kept"
end_practice_array
check_eq 'the array ends in order' "$ARRAY_RC" 0
check_eq 'and takes its targets away' "$(target_snapshot)" "$target_before"
