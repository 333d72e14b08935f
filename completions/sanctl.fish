# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sanctl_global_optspecs
    string join \n a/array= config= o/output= json timeout= v/verbose q/quiet columns= sort= limit= no-headers progress= color= ascii trace= h/help V/version
end

function __fish_sanctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sanctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sanctl_using_subcommand
    set -l cmd (__fish_sanctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sanctl -n "__fish_sanctl_needs_command" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_needs_command" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_needs_command" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_needs_command" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_needs_command" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_needs_command" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_needs_command" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_needs_command" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_needs_command" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_needs_command" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_needs_command" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_needs_command" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_needs_command" -s V -l version -d 'Print version'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "attach" -d 'Make a LUN visible and usable on this node; prints the device'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "detach" -d 'Take a LUN away from this node and from its mapping, safely'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "status" -d 'Show every step of an attachment with its evidence; reads only'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "array" -d 'The arrays of the configuration'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "host" -d 'The array\'s hosts'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "initiator" -d 'The initiators that the array knows'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "hostgroup" -d 'The array\'s host groups'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "lungroup" -d 'The array\'s LUN groups'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "portgroup" -d 'The array\'s port groups'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "mapping" -d 'Mappings: which hosts see which LUNs through which ports'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "lun" -d 'The array\'s LUNs'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "port" -d 'The array\'s front-end ports'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "connector" -d 'What this node tells an array about itself'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "connection" -d 'What an array tells a node: where to log in'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "config" -d 'The configuration'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "journal" -d 'What was done, and what is still owned'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "explain" -d 'Explain a code, a step, a state or a word'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "schema" -d 'Print the JSON Schema of an output'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "trace" -d 'What --trace wrote, read again'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "sim" -d 'The practice array'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l print -d 'With --dry-run: only lines to type, as sanctl verbs or as they go over the wire [verbs|wire]' -r -f -a "verbs\t'sanctl\'s own verbs, one step each'
wire\t'What goes over the wire: curl, iscsiadm, echo'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l protocol -d 'The protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l paths -d 'How many paths to want, and below how many to fail' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l on-failure -d 'What becomes of this run\'s work if it fails [undo|keep]' -r -f -a "undo\t'Take back what this run made'
keep\t'Leave it; a later attach goes on'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l connector -d 'With --array-only: another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l connection-info -d 'The node\'s half from this connection_info; no array is needed (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l wwid -d 'With --connection-info: the identity that every path must prove' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l emit -d 'Print this in place of the device [connection-info]' -r -f -a "connection-info\t'os-brick\'s dictionary, with the wwid; a CHAP secret is masked'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l exit-code -d 'With --dry-run: exit 3 when there is something to do'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l shared -d 'The LUN may be mapped to other hosts as well'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l array-only -d 'Only the array\'s half: make the LUN visible, log in nowhere'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l node-only -d 'Only the node\'s half: the array has been prepared already'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l print -d 'With --dry-run: only lines to type, as sanctl verbs or as they go over the wire [verbs|wire]' -r -f -a "verbs\t'sanctl\'s own verbs, one step each'
wire\t'What goes over the wire: curl, iscsiadm, echo'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l connector -d 'With --array-only: another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l exit-code -d 'With --dry-run: exit 3 when there is something to do'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l array-only -d 'Only the array\'s half; needs a proof that the node is clean, or a yes'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l node-only -d 'Only the node\'s half; no array is needed'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l include-adopted -d 'Remove a mapping that somebody else made as well'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l keep-adopted -d 'Leave a mapping that somebody else made, and call that success'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l connector -d 'With --array-only: another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l node-only -d 'Only what this node shows; no array is asked'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l array-only -d 'Only what the array shows'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -f -a "list" -d 'List the arrays of the configuration; sends nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -f -a "show" -d 'Show who an array is'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test" -f -a "test" -d 'Reach an array, show its certificate, log in, look around'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -f -a "list" -d 'List hosts'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -f -a "show" -d 'Show one host'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns" -f -a "luns" -d 'List the LUNs that a host sees, with their numbers'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l unused -d 'Only hosts in no host group'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List initiators'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show one initiator'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l protocol -d 'Only this protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l host -d 'Only those of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l free -d 'Only those bound to no host'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l online -d 'Only those logged in now'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l offline -d 'Only those not logged in now'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "list" -d 'List groups'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "show" -d 'Show one group, its members and the mappings that hold it'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "create" -d 'Make an empty group'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "delete" -d 'Delete a group that is empty and in no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -f -a "list" -d 'List groups'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -f -a "show" -d 'Show one group, its members and the mappings that hold it'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -f -a "create" -d 'Make an empty group'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete" -f -a "delete" -d 'Delete a group that is empty and in no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "list" -d 'List groups'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "show" -d 'Show one group, its members and the mappings that hold it'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "create" -d 'Make an empty group'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete" -f -a "delete" -d 'Delete a group that is empty and in no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -f -a "list" -d 'List mappings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -f -a "show" -d 'Show one mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree" -f -a "tree" -d 'Show who sees what, as a tree'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l host -d 'Only mappings of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l hostgroup -d 'Only mappings with this host group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l lungroup -d 'Only mappings with this LUN group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l lun -d 'Only mappings of this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l initiator -d 'Only mappings with this initiator' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l host -d 'Only mappings of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l lun -d 'Only mappings of this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -f -a "list" -d 'List LUNs'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -f -a "show" -d 'Show one LUN'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings" -f -a "mappings" -d 'Show every host that sees a LUN, and through what'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l pool -d 'Only LUNs of this pool' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l host -d 'Only LUNs that this host sees' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l mapped -d 'Only LUNs that some initiator can see'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l unmapped -d 'Only LUNs that no initiator can see'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List front-end ports, and why one cannot be used'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show one port'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l protocol -d 'Only this protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l usable -d 'Only ports that can be used now'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -f -a "show" -d 'Show what this node tells an array about itself, as os-brick\'s dictionary'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -f -a "check" -d 'Compare a connector with this node'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -f -a "show" -d 'Show where a node would log in for a LUN that is mapped to it now; reads only'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l connector -d 'Another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -f -a "init" -d 'Write a configuration for one array, after a login to it'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -f -a "check" -d 'Look at every section and secret; sends nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -f -a "show" -d 'Show every value that counts, secrets masked'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l url -d 'The array\'s management address, such as https://172.24.2.32:8088' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l user -d 'The user to log in as' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l secret-file -d 'A file (0600) that holds the password; without it the password is asked for and stored' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l name -d 'What to call the array' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l fingerprint -d 'The certificate\'s fingerprint, known from elsewhere: any other is refused' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l origin -d 'Where each value came from'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "list" -d 'List journals of attachments, open ones and those that still own something'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "show" -d 'Show a journal, line by line'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "export" -d 'Print a journal as it stands in its file, JSON lines, to send it to somebody'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "prune" -d 'Remove closed journals that own nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l all -d 'Closed journals that own nothing too'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l manual -d 'Changes of single objects by hand, the newest last'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l older-than -d 'Only those that ended longer ago than this, such as 720h' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -f -a "replay" -d 'Print a trace as lines to type, each with what came of it; sends nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l as -d 'What to print [sh]' -r -f -a "sh\t'A script of `sh`'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -f -a "serve" -d 'Serve a practice array on loopback until Ctrl-C'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -f -a "status" -d 'Show where the built-in practice array keeps its state'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -f -a "reset" -d 'Forget the built-in practice array and everything attached from it'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l listen -d 'Where to listen: a loopback address; port 0 = any free one' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l state -d 'Keep the array\'s state in this file; without it the array forgets everything at its end' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l generation -d 'Which generation to be [v3|v6]' -r -f -a "v3\t'V3 and V5'
v6\t'Dorado V6 and later'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l paging -d 'How lists are paged [cap100|reject|full]' -r -f -a "cap100\t'At most 100 objects per answer, whatever is asked'
reject\t'A range wider than 100 is an error'
full\t'Any range is answered whole'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l populate -d 'Add this many other hosts, groups, views, initiators and LUNs' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l fault -d 'Misbehave: METHOD /path#N=ACT, @K=ACT or *=ACT (drop-before, drop-after, busy, expire, ...)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l mirror -d 'Show the LUNs to real initiators (root) [lio]' -r -f -a "lio\t'The kernel\'s own iSCSI target'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l portal -d 'The iSCSI ports of the array, one target each. With --mirror they really listen there, in this process\'s network namespace' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l lun -d 'Add a LUN, unless there is one of this name: vol-1=64M. Without it a new array has vol-1 to vol-4' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l data -d 'With --mirror: the directory of the files that hold the LUNs\' data [default: beside --state, else in the state directory]' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The journal\'s events as JSON lines on stderr'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
