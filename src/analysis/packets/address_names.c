/* The names of addresses, from options and a file; see
 * packets/address_names.h. */
#include "packets/address_names.h"

#include "base/array.h"
#include "text/charset.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

#include <string.h>

#define FILE_MAX          (1u << 20)
#define ADDRESS_NAMES_MAX 10000
#define NAME_MAX_BYTES    64

struct name {
	struct addr addr; /* port 0: any */
	unsigned bits;    /* of the network; all of them for an address */
	char *name;
	const char *file; /* where it stands; NULL: an option */
	bool used;        /* an address was looked for that it fits */
};

struct address_names {
	struct name *rows;
	size_t n, cap;
};

int
address_names_create(struct address_names **n)
{
	*n = mem_zalloc(1, sizeof(**n));
	return *n != NULL ? 0 : ERR_NOMEM;
}

void
address_names_destroy(struct address_names *n)
{
	if (n == NULL)
		return;
	for (size_t i = 0; i < n->n; i++)
		mem_free(n->rows[i].name);
	mem_free(n->rows);
	mem_free(n);
}

/* ---- reading ---- */

static int
read_name_addr(struct str text, struct name *row)
{
	ptrdiff_t slash = str_chr(text, '/');
	struct str host = slash < 0 ? text : str_slice(text, 0, (size_t)slash);
	uint32_t bits;

	if (addr_parse(host, &row->addr) != 0)
		return ERR_SYNTAX;
	row->bits = row->addr.len * 8u;
	if (slash < 0)
		return 0;
	if (str_u32(str_slice(text, (size_t)slash + 1, text.n), &bits) != 0 ||
	    bits > row->bits || row->addr.port != 0)
		return ERR_SYNTAX;
	row->bits = bits;
	return 0;
}

/* A name that is shown everywhere and may be in a filter: no spaces, no
 * controls, none of the signs of our own texts. */
static bool
host_name_is_valid(struct str s)
{
	if (s.n == 0 || s.n > NAME_MAX_BYTES || !utf8_valid(s))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f ||
		    strchr("\"\\,=<>", s.p[i]) != NULL)
			return false;
	return true;
}

static int
add_address_name(struct address_names *n, struct str addr, struct str name,
    const char *file, unsigned line, struct diag *d)
{
	struct name row;
	int err;

	memset(&row, 0, sizeof(row));
	row.file = file;
	if (read_name_addr(addr, &row) != 0)
		return diag_set(d, ERR_SYNTAX, file, line,
		    _("“%.*s” is not an address; use 192.0.2.1, 192.0.2.1:5062 "
		      "or 192.0.2.0/24, for example"),
		    STR_ARG(utf8_clip(addr, 60)));
	if (!host_name_is_valid(name))
		return diag_set(d, ERR_SYNTAX, file, line,
		    _("“%.*s” is not a name: a name is one word of at most %d "
		      "bytes"),
		    STR_ARG(utf8_clip(name, 60)), NAME_MAX_BYTES);
	if (n->n >= ADDRESS_NAMES_MAX)
		return diag_set(d, ERR_LIMIT, file, line,
		    _("too many names; at most %d"), ADDRESS_NAMES_MAX);
	err = ARRAY_ROOM(&n->rows, &n->cap, n->n + 1);
	if (err == 0 && (row.name = mem_dup(name.p, name.n)) == NULL)
		err = ERR_NOMEM;
	if (err != 0)
		return diag_set(d, err, file, line, "%s", err_text(err));
	n->rows[n->n++] = row;
	return 0;
}

int
address_names_add(struct address_names *n, const char *text, struct diag *d)
{
	struct str name, addr = str_cut(str_of(text), '=', &name);

	if (name.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--alias: “%s” does not have the form ADDRESS=NAME"),
		    text);
	return add_address_name(n, str_trim(addr), str_trim(name), NULL, 0, d);
}

static int
add_name_line(struct address_names *n, struct str line, const char *file,
    unsigned number, struct diag *d)
{
	struct str rest;
	size_t at = 0;

	line = str_trim(str_cut(line, '#', &rest));
	if (line.n == 0)
		return 0;
	while (at < line.n && line.p[at] != '=' && !chr_is_space(line.p[at]))
		at++;
	rest = str_trim(str_slice(line, at, line.n));
	if (rest.n > 0 && rest.p[0] == '=')
		rest = str_trim(str_slice(rest, 1, rest.n));
	return add_address_name(
	    n, str_slice(line, 0, at), rest, file, number, d);
}

int
address_names_read(struct address_names *n, const char *path, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT, plain = BUF_INIT;
	int err = diag_read_file(&text, path, FILE_MAX, d);
	struct str rest;

	if (err == 0)
		err = charset_read_file(buf_view(&text), path, &plain, d);
	rest = buf_view(&plain);
	for (unsigned line = 1; err == 0 && rest.n > 0; line++)
		err =
		    add_name_line(n, str_cut(rest, '\n', &rest), path, line, d);
	return err;
}

/* ---- finding ---- */

static bool
is_in_network(const struct addr *a, const struct name *row)
{
	unsigned whole = row->bits / 8, left = row->bits % 8;

	if (a->len != row->addr.len || memcmp(a->ip, row->addr.ip, whole) != 0)
		return false;
	return left == 0 || ((a->ip[whole] ^ row->addr.ip[whole]) &
				(0xff00u >> left) & 0xffu) == 0;
}

/* How well ROW fits A: 0 not at all, a port more than any network. */
static unsigned
rate_name(const struct name *row, const struct addr *a)
{
	if (!is_in_network(a, row))
		return 0;
	if (row->addr.port != 0)
		return row->addr.port == a->port ? 1000 : 0;
	return 1 + row->bits;
}

const char *
address_names_find(const struct address_names *n, const struct addr *a)
{
	const char *name = NULL;
	unsigned best = 0;

	for (size_t i = 0; n != NULL && i < n->n; i++) {
		unsigned fit = rate_name(&n->rows[i], a);

		n->rows[i].used |= fit > 0;
		if (fit > best) {
			best = fit;
			name = n->rows[i].name;
		}
	}
	return name;
}

bool
address_names_by_port(const struct address_names *n, const struct addr *a)
{
	for (size_t i = 0; n != NULL && i < n->n; i++)
		if (n->rows[i].addr.port != 0 && is_in_network(a, &n->rows[i]))
			return true;
	return false;
}

void
address_names_put_unused(
    const struct address_names *n, const char *file, struct buf *out)
{
	size_t before = out->n;

	for (size_t i = 0; i < n->n; i++) {
		const struct name *row = &n->rows[i];

		if (row->file != file)
			continue;
		if (row->used && file != NULL) {
			out->n = before;
			return;
		}
		if (row->used)
			continue;
		buf_puts(out, out->n > before ? _(", ") : "");
		addr_write_bare(&row->addr, out);
		if (row->bits < row->addr.len * 8u)
			buf_printf(out, "/%u", row->bits);
	}
}
