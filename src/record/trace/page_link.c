/* Links: see trace/page_link.h. */
#include "trace/page_link.h"

#include "base/err.h"
#include "base/gzip.h"
#include "text/json.h"

#include <string.h>

/* What begins an address. */
static const char *const schemes[] = { "http://", "https://", "file://",
	"rung:" };

/* The part behind its '#', or behind rung's own scheme; before it, *PAGE. */
static struct str
cut_page(struct str text, struct str *page)
{
	bool own = str_istarts(text, "rung:");
	struct str rest;

	*page = str_cut(text, own ? ':' : '#', &rest);
	return rest;
}

/* "1.…": the digits' number, and the part behind the point. */
static bool
cut_version(struct str rest, uint32_t *version, struct str *data)
{
	struct str digits = str_cut(rest, '.', data);

	return digits.n < rest.n && digits.n > 0 && chr_is_digit(digits.p[0]) &&
	       str_u32(digits, version) == 0;
}

bool
page_link_is(struct str text)
{
	struct str s = str_trim(text), rest, page;
	uint32_t version;

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ')
			return false;
	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (str_istarts(s, schemes[i]))
			return true;
	rest = cut_page(s, &page);
	return (page.n == 0 || (str_ends(page, ".html") &&
				   memchr(page.p, ':', page.n) == NULL)) &&
	       cut_version(rest, &version, &rest);
}

bool
page_link_lab(struct str text, struct str *lab)
{
	struct str page, rest = cut_page(text, &page), others;
	bool is = str_starts(rest, "lab=") &&
		  (page.n == 0 || str_ends(page, ".html") ||
		      str_find(page, "://") >= 0);

	if (is)
		*lab = str_cut(str_slice(rest, 4, rest.n), '&', &others);
	return is && lab->n > 0;
}

/* ---- writing ---- */

/* BYTES in base64 with the two other digits, without padding. */
static void
put_url64(struct str bytes, struct buf *out)
{
	size_t from = out->n;

	json_put_base64(out, bytes);
	while (out->n > from && out->p[out->n - 1] == '=')
		buf_truncate(out, out->n - 1);
	for (size_t i = from; i < out->n; i++)
		if (out->p[i] == '+' || out->p[i] == '/')
			out->p[i] = out->p[i] == '+' ? '-' : '_';
}

int
page_link_put(
    struct str bytes, const char *page, struct buf *out, struct diag *d)
{
	LOCAL_BUF packed = BUF_INIT, link = BUF_INIT;
	int err = bytes.n <= PAGE_LINK_BYTES_MAX
		      ? gzip_put(bytes, false, &packed)
		      : ERR_LIMIT;

	buf_printf(&link, "%s#%d.", page, PAGE_LINK_VERSION);
	put_url64(buf_view(&packed), &link);
	if (err == 0)
		err = link.err;
	if (err == ERR_LIMIT || (err == 0 && link.n > PAGE_LINK_LENGTH_MAX))
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the link would have more than %d characters, the limit "
		      "of rung; hand over a file"),
		    PAGE_LINK_LENGTH_MAX);
	else if (err == 0 &&
		 (strchr(page, '#') != NULL || !page_link_is(buf_view(&link))))
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not an address of a page: it begins with "
		      "https://, http:// or file://, or is a name that ends in "
		      ".html, and contains neither spaces nor #"),
		    page);
	if (err == 0)
		buf_str(out, buf_view(&link));
	err = err == 0 ? out->err : err;
	return diag_fail(d, err);
}

/* ---- reading ---- */

static int
take_url64(struct str data, struct buf *out)
{
	LOCAL_BUF text = BUF_INIT;

	while (data.n > 0 && data.p[data.n - 1] == '=')
		data.n--;
	for (size_t i = 0; i < data.n; i++) {
		char c = data.p[i];

		buf_putc(&text, c == '-' ? '+' : c == '_' ? '/' : c);
	}
	while (text.err == 0 && text.n % 4 != 0)
		buf_putc(&text, '=');
	return text.err != 0 ? text.err : json_base64(buf_view(&text), out);
}

static int
unpack(struct str packed, struct buf *out)
{
	enum gunzip_state state = GUNZIP_NOMEM;
	size_t from = out->n, got = 1;
	struct gunzip *g;
	char piece[4096];

	if (gunzip_create(&g, packed, NULL, NULL) != 0)
		return ERR_NOMEM;
	while (
	    got > 0 && out->err == 0 && out->n - from <= PAGE_LINK_BYTES_MAX) {
		got = gunzip_read(g, piece, sizeof(piece));
		buf_add(out, piece, got);
	}
	state = gunzip_state(g);
	gunzip_destroy(g);
	if (out->err != 0 || state == GUNZIP_NOMEM)
		return ERR_NOMEM;
	if (out->n - from > PAGE_LINK_BYTES_MAX)
		return ERR_LIMIT;
	return state == GUNZIP_ENDED ? 0 : ERR_SYNTAX;
}

static int
refuse_link(int err, struct diag *d)
{
	if (err == ERR_LIMIT)
		return diag_set(d, err, NULL, 0,
		    _("the link is too long: a link has at most %d characters, "
		      "with at most %u MiB of compressed contents"),
		    PAGE_LINK_LENGTH_MAX, PAGE_LINK_BYTES_MAX >> 20);
	if (err == ERR_SYNTAX)
		return diag_set(d, err, NULL, 0,
		    _("the link is damaged or truncated: copy it whole, up to "
		      "its last character"));
	return diag_fail(d, err);
}

int
page_link_read(struct str text, struct buf *bytes, struct diag *d)
{
	LOCAL_BUF packed = BUF_INIT;
	struct str page, rest, data;
	uint32_t version;
	int err = 0;

	text = str_trim(text);
	rest = cut_page(text, &page);
	if (text.n > PAGE_LINK_LENGTH_MAX)
		return refuse_link(ERR_LIMIT, d);
	if (!cut_version(rest, &version, &data))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the address contains no lab: that would follow its #, "
		      "as in #%d.…"),
		    PAGE_LINK_VERSION);
	if (version != PAGE_LINK_VERSION)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the link is of version %u, but this rung reads version "
		      "%d"),
		    version, PAGE_LINK_VERSION);
	err = take_url64(data, &packed);
	if (err == 0)
		err = unpack(buf_view(&packed), bytes);
	return err == 0 ? 0 : refuse_link(err, d);
}
