/* The lines of a description, and which codecs of an offer a box lets through
 * (the attribute `codecs`). */
#include "pair/pair_sdp_in.h"

#include "base/err.h"
#include "msg/sdp.h"
#include "sip/sdp_codecs.h"

#include <string.h>

struct str
pair_sdp_line(struct str *rest)
{
	size_t n = 0;
	struct str line;

	while (n < rest->n && rest->p[n] != '\n')
		n++;
	if (n < rest->n)
		n++;
	line = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return line;
}

struct str
pair_sdp_part(struct str *rest)
{
	struct str at = *rest, part;

	if (str_starts(at, "m="))
		pair_sdp_line(&at);
	while (at.n > 0 && !str_starts(at, "m="))
		pair_sdp_line(&at);
	part = str_slice(*rest, 0, rest->n - at.n);
	*rest = at;
	return part;
}

/* The name of format PAYLOAD in SECTION (RFC 8866 6.6), or by RFC 3551. */
static struct str
name_format(struct str section, struct str payload)
{
	uint32_t number;

	while (section.n > 0) {
		struct str line = str_trim(pair_sdp_line(&section)), map, rest;

		if (!str_starts(line, "a=rtpmap:"))
			continue;
		map = str_slice(line, 9, line.n);
		if (str_eq(str_cut(map, ' ', &rest), payload))
			return str_cut(str_trim(rest), '/', &map);
	}
	if (str_u32(payload, &number) == 0)
		for (size_t i = 0; i < SIP_SDP_CODECS; i++)
			if (sip_sdp_codecs[i].payload == (int)number)
				return str_of(sip_sdp_codecs[i].name);
	return STR_NULL;
}

static bool
is_allowed(const char *codecs, struct str section, struct str payload)
{
	struct str name = name_format(section, payload);
	struct str rest = str_of(codecs);

	if (str_iis(name, "telephone-event"))
		return true;
	while (name.n > 0 && rest.n > 0)
		if (str_ieq(str_cut(rest, ' ', &rest), name))
			return true;
	return false;
}

/* The payload type that LINE, an attribute, is about; empty: about none. */
static struct str
find_payload(struct str line)
{
	static const char *const starts[] = {
		"a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"
	};
	struct str rest;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t n = strlen(starts[i]);

		if (str_starts(line, starts[i]))
			return str_cut(
			    str_trim(str_slice(line, n, line.n)), ' ', &rest);
	}
	return STR_NULL;
}

/* SECTION, a stream that is offered, with the formats alone that are allowed;
 * where none is, its port is 0.  True: some are. */
static bool
put_allowed(const char *codecs, struct str section, struct buf *out)
{
	struct str at = section, rest, formats, proto, port;
	struct str line = str_trim(pair_sdp_line(&at));
	struct str type = str_cut(line, ' ', &rest);
	struct buf kept = BUF_INIT;
	size_t all;

	port = str_cut(rest, ' ', &rest);
	proto = str_cut(rest, ' ', &formats);
	for (rest = formats; rest.n > 0;) {
		struct str payload = str_cut(rest, ' ', &rest);

		if (is_allowed(codecs, section, payload))
			buf_printf(&kept, " %.*s", STR_ARG(payload));
	}
	all = kept.n;
	buf_printf(out, "%.*s %.*s %.*s%s%.*s\r\n", STR_ARG(type),
	    all > 0 ? (int)port.n : 1, all > 0 ? port.p : "0", STR_ARG(proto),
	    all > 0 ? "" : " ", all > 0 ? (int)kept.n : (int)formats.n,
	    all > 0 ? kept.p : formats.p);
	while (at.n > 0) {
		struct str next = pair_sdp_line(&at);
		struct str payload = find_payload(next);

		if (payload.n == 0 || all == 0 ||
		    is_allowed(codecs, section, payload))
			buf_str(out, next);
	}
	if (kept.err != 0)
		out->err = kept.err;
	buf_free(&kept);
	return all > 0;
}

int
pair_sdp_put_allowed(const char *codecs, struct str text, struct buf *out)
{
	size_t streams = 0, left = 0;

	buf_str(out, pair_sdp_part(&text));
	for (; text.n > 0; streams++) {
		struct str section = pair_sdp_part(&text), rest;
		struct str type = str_cut(section, ' ', &rest);
		bool known = str_is(type, "m=audio") || str_is(type, "m=video");

		if (!known)
			buf_str(out, section);
		left += !known || put_allowed(codecs, section, out);
	}
	if (out->err != 0)
		return ERR_NOMEM;
	return streams > 0 && left == 0 ? ERR_UNSUPPORTED : 0;
}
