# the lines of `--dry-run --print wire`, run by sh with curl and jq, do what attach and detach do on the array
# deadline: 440
# shellcheck shell=bash
sanctl_end() { for verb in 'mapping tree' 'host luns compute-2' 'host list' 'initiator list' 'hostgroup list' 'lungroup list'; do
    # shellcheck disable=SC2086
    sanctl $verb -o json 2>/dev/null | jq 'del(.generated_at)' || :
done; }
printf '{"host":"compute-2","initiator":"%s","ip":"10.0.0.9","multipath":false,"platform":"x86_64","os_type":"linux"}\n' \
    "$LAB_INITIATOR" >/run/connector.json
half=(--array-only --connector /run/connector.json)
ip link set lo up

# by_hand NAME ARG...: prints the plan of a flow into a script and runs that.
by_hand() {
    local name=$1
    shift
    check "the plan of $name" plan_of "$@"
    check "$name by hand" sh /run/plan.sh
}
plan_of() { sanctl "$@" "${half[@]}" --dry-run --print wire >/run/plan.sh; }

# flows WAY: both LUNs attached, both detached; the state of the array after each.
flows() {
    local serve_pid flow
    # What an earlier process said would pass for an answer of this one.
    : >/run/array.out
    sanctl sim serve oceanstor --listen 127.0.0.1:8088 --generation "$1" --lun vol-1=64M --lun vol-2=64M >/run/array.out 2>/run/array.err &
    serve_pid=$!
    await 60 array_answers || { cat /run/array.err; return 1; }
    mkdir -p /etc/sanctl
    printf '[arrays.lab]\nkind = "oceanstor"\nurl = "%s"\nuser = "admin"\npassword = { file = "/etc/sanctl/password" }\n' \
        "$ARRAY_URL" >/etc/sanctl/config.toml
    (umask 077 && sed -n 's/^user .* password //p' /run/array.out >/etc/sanctl/password)
    for flow in 'attach vol-1' 'attach vol-2'; do
        # shellcheck disable=SC2086
        if [ "$2" = hand ]; then by_hand "$1 $flow" $flow; else check "$1 $flow" sanctl $flow "${half[@]}"; fi
        sanctl_end >"/run/end.$2.${flow// /-}"
    done
    if [ "$2" = hand ]; then
        check_eq "$1: no secret in the script" "$(grep -c -F -f /etc/sanctl/password /run/plan.sh || :)" 0
        check_eq "$1: nothing to do prints no login" "$(plan_of attach vol-1 && cat /run/plan.sh)" ''
    else
        # The tool has journals to detach by; its plans are run by hand.
        for flow in 'detach vol-1' 'detach vol-2'; do
            # shellcheck disable=SC2086
            by_hand "$1 $flow" $flow
            sanctl_end >"/run/end.$2.${flow// /-}"
        done
        check_eq "$1: the first detach by hand keeps the other LUN" \
            "$(jq -r '.items[]?.name? // empty' </run/end.tool.detach-vol-1 | grep -c -x vol-2)" 1
        check_eq "$1: nothing is left after the last" "$(sanctl host list -o name; sanctl mapping list -o name; sanctl initiator list -o name)" ''
        check "$1: the tool agrees" sanctl detach vol-1 "${half[@]}" --yes
        check "$1: and has nothing to do" sanctl detach vol-2 "${half[@]}" --yes
    fi
    kill -TERM "$serve_pid"
    wait "$serve_pid" || :
}
for generation in v3 v6; do
    flows "$generation" hand
    flows "$generation" tool
    for state in attach-vol-1 attach-vol-2; do
        check "$generation: by hand and by sanctl the same, $state" diff "/run/end.hand.$state" "/run/end.tool.$state"
    done
done
