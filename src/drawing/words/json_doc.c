/* JSON as names and values; see words/json_doc.h. */
#include "words/json_doc.h"

#include "text/json.h"

#define NAME 12 /* cells of a name */
#define STEP 2  /* of what stands in something */

static void
put_member(struct doc *d, struct str name, struct json_value v, uint64_t seq,
    size_t indent, size_t width)
{
	struct buf b = BUF_INIT;

	doc_line(d, seq);
	doc_pad(d, indent);
	doc_put(d, STYLE_DIM, name);
	if (v.type == JSON_OBJECT || v.type == JSON_ARRAY)
		return;
	doc_pad(d, indent + NAME - 1);
	doc_puts(d, STYLE_PLAIN, " ");
	if (v.type == JSON_STRING)
		json_text(v, &b);
	else
		buf_str(&b, v.raw);
	doc_wrap_marked(d, buf_view(&b),
	    &(struct doc_marked){ .indent = indent + NAME, .width = width });
	buf_end(&b, &d->err);
}

/* json_read bounds the depth. */
static void
put_members(struct doc *d, struct json_value in, uint64_t seq, size_t indent,
    size_t width)
{
	struct json_value v;
	struct str name;
	size_t at = 0;

	while (d->err == 0 && json_next(in.raw, &at, &name, &v) == 1) {
		put_member(
		    d, name.n > 0 ? name : STR("-"), v, seq, indent, width);
		if (v.type == JSON_OBJECT || v.type == JSON_ARRAY)
			put_members(d, v, seq, indent + STEP, width);
	}
}

bool
json_doc(struct str text, uint64_t seq, size_t width, struct doc *d)
{
	struct json_value v;
	struct str rest = text;

	if (json_read(&rest, &v) != 0 || v.type != JSON_OBJECT)
		return false;
	json_skip_space(&rest);
	if (rest.n > 0)
		return false;
	put_members(d, v, seq, 0, width);
	return true;
}
