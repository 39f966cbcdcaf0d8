/* The questions to a location service, and its answers:
 * roles/location/location.h. */
#include "words/describe.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "text/json.h"

#define URI_CELLS 40 /* longer ones are clipped */

/* "bob@b.example" of a JSON string with a SIP URI. */
static void
put_uri(struct json_value uri, struct buf *out)
{
	struct buf word = BUF_INIT;
	struct str text;

	if (json_text(uri, &word) == 0) {
		text = buf_view(&word);
		if (str_istarts(text, "sip:"))
			text = str_slice(text, 4, text.n);
		utf8_add_clipped(out, text, URI_CELLS);
	}
	buf_end(&word, &out->err);
}

size_t
describe_location(struct str bytes, struct buf *out)
{
	struct json_value v, item;
	size_t at = 0, before = out->n, lead;

	if (json_read(&bytes, &v) != 0)
		return 0;
	item = json_member(v, "aor");
	/* What was asked stands behind the word, an answer behind a colon. */
	buf_puts(out, item.type == JSON_STRING ? " " : ": ");
	lead = out->n;
	if (item.type != JSON_STRING) {
		v = json_member(v, "contacts");
		if (json_item(v, &at, &item))
			item = json_member(item, "uri");
		else if (v.type == JSON_ARRAY)
			buf_puts(out, _("nobody"));
	}
	if (item.type == JSON_STRING)
		put_uri(item, out);
	if (out->n == lead)
		buf_truncate(out, before);
	return 0;
}
