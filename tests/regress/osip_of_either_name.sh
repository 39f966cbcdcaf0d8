# A package built with libosip2 5.3.0 was installed beside 5.3.1, whose library has
# the same name: rung ended with "undefined symbol: via_set_host", which is
# osip_via_set_host there, as all of via_get_* and via_set_* are.  Both have these;
# before another is called, look that both have it under the same name.
. tests/fixtures/check.sh
if sanitized || ! command -v nm > "$work/.output" || ! command -v ldd > "$work/.output"; then
	skip "the plain build, nm and ldd"
	finish
	exit
fi

both='osip_list_get osip_list_size osip_message_force_update osip_message_free osip_message_init
osip_message_parse osip_message_set_body osip_message_set_content_type
osip_message_set_header osip_message_set_reason_phrase osip_message_set_status_code
osip_message_set_version osip_message_to_str osip_set_allocators osip_strdup
osip_trace_initialize_func osip_uri_free osip_uri_init osip_uri_parse parser_init'
printf '%s\n' $both | sort > "$work/both"

for library in $(ldd "$RUNG" | awk '$1 ~ /^libosip/ { print $3 }'); do
	nm -D --defined-only "$library" | awk '{ sub(/@.*/, "", $3); print $3 }'
done | sort -u > "$work/osip"
nm -D --undefined-only "$RUNG" | awk '{ sub(/@.*/, "", $2); print $2 }' | sort -u |
	comm -12 - "$work/osip" > "$work/called"
ok "something was looked at" test "$(wc -l < "$work/called")" -gt 8
comm -23 "$work/called" "$work/both" > "$work/.output"
empty "each name is one that both have"
finish
