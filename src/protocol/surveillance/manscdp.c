/* Reading MANSCDP: its character set, its elements, what the standard says of
 * them. */
#include "surveillance/manscdp.h"

#include "base/array.h"
#include "text/charset.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "surveillance/ptz.h"

#include <string.h>

/* ---- character sets ---- */

/* The encodings that a declaration may name.  Text called GB 2312 or GBK is GB
 * 18030 in the field, of which both are parts. */
static const struct {
	const char *name;
	bool chinese;
	bool is_2312;
} charsets[] = {
	{ "UTF-8", false, false },
	{ "GB2312", true, true },
	{ "GBK", true, false },
	{ "GB18030", true, false },
};

static size_t
find_charset(struct str name)
{
	size_t i = 0;

	while (i < COUNT_OF(charsets) && !str_iis(name, charsets[i].name))
		i++;
	return i;
}

/* Two bytes a character, as EUC has them. */
static bool
is_gb2312(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char lead = (unsigned char)text.p[i], trail;

		if (lead < 0x80)
			continue;
		if (++i == text.n || lead < 0xa1 || lead > 0xf7)
			return false;
		trail = (unsigned char)text.p[i];
		if (trail < 0xa1 || trail > 0xfe)
			return false;
	}
	return true;
}

/* Takes the byte order mark and the declaration off BODY; the latter. */
static struct str
cut_declaration(struct str *body)
{
	struct str head;
	ptrdiff_t end;

	if (str_starts(*body, "\xef\xbb\xbf"))
		*body = str_slice(*body, 3, body->n);
	*body = str_trim(*body);
	end = str_find(*body, "?>");
	if (!str_starts(*body, "<?xml") || end < 0)
		return STR_NULL;
	head = str_slice(*body, 0, (size_t)end + 2);
	*body = str_slice(*body, head.n, body->n);
	return head;
}

/* The character set that DECLARATION names; empty: none. */
static struct str
declared_charset(struct str declaration)
{
	ptrdiff_t at = str_find(declaration, "encoding");
	struct str name = STR_NULL;

	if (at < 0)
		return STR_NULL;
	str_cut(str_slice(declaration, (size_t)at, declaration.n), '=', &name);
	name = str_trim(name);
	if (name.n < 2)
		return STR_NULL;
	return str_cut(
	    str_slice(name, 1, name.n), name.p[0], &(struct str){ NULL, 0 });
}

static int
manscdp_refuse(struct manscdp *m, enum manscdp_fault fault)
{
	m->fault = fault;
	return ERR_SYNTAX;
}

/* BODY as UTF-8 without its declaration, into M->text.  *OTHER: it is not in
 * what it declares. */
static int
manscdp_read_text(struct manscdp *m, struct str body, bool *other)
{
	struct str name;
	size_t set;
	bool chinese;
	int err;

	m->declaration = cut_declaration(&body);
	name = declared_charset(m->declaration);
	set = name.n > 0 ? find_charset(name) : 0;
	if (set == COUNT_OF(charsets))
		return manscdp_refuse(m, MANSCDP_FAULT_CHARSET);
	chinese = charsets[set].chinese;
	*other = chinese && charsets[set].is_2312 && !is_gb2312(body);
	/* Undeclared text is UTF-8, or the usual encoding. */
	if (utf8_valid(body) && (!chinese || !is_gb2312(body))) {
		*other = chinese;
		buf_str(&m->text, body);
		return m->text.err;
	}
	if (name.n > 0 && !chinese)
		return manscdp_refuse(m, MANSCDP_FAULT_BYTES);
	err = charset_convert(body, "GB18030", "UTF-8", &m->text);
	return err == ERR_SYNTAX ? manscdp_refuse(m, MANSCDP_FAULT_BYTES) : err;
}

/* ---- elements ---- */

/* Behind comments and instructions a document type begins. */
static bool
has_doctype(struct str text)
{
	for (;;) {
		const char *end;
		ptrdiff_t at;

		text = str_trim(text);
		end = str_starts(text, "<!--") ? "-->"
		      : str_starts(text, "<?") ? "?>"
					       : NULL;
		if (end == NULL)
			return str_starts(text, "<!DOCTYPE");
		at = str_find(text, end);
		if (at < 0)
			return false;
		text = str_slice(text, (size_t)at + strlen(end), text.n);
	}
}

static int
add_element(struct manscdp *m, const struct xml_item *item, uint32_t parent)
{
	struct manscdp_element *e;

	if (m->n == MANSCDP_ELEMENTS)
		return manscdp_refuse(m, MANSCDP_FAULT_ELEMENTS);
	if (ARRAY_ROOM(&m->elements, &m->cap, m->n + 1) != 0)
		return ERR_NOMEM;
	e = &m->elements[m->n++];
	*e = (struct manscdp_element){ .name = item->name.local,
		.parent = parent };
	xml_attr(item, "Num", &e->num);
	return 0;
}

static int
read_elements(struct manscdp *m)
{
	const struct xml_item *item;
	uint32_t at = 0;
	int err = 0;

	while (err == 0 && (item = xml_next(&m->document))->kind != XML_DONE) {
		if (item->kind == XML_OPEN) {
			err = add_element(m, item, at);
			at = (uint32_t)m->n - 1;
		} else if (item->kind == XML_CLOSE) {
			m->elements[at].end = (uint32_t)m->n;
			at = m->elements[at].parent;
		} else if (str_trim(item->text).n > 0) {
			m->elements[at].value = str_trim(item->text);
		}
	}
	return err;
}

struct str
manscdp_value(const struct manscdp *m, size_t at, const char *name)
{
	for (size_t i = at + 1; i < m->elements[at].end; i = m->elements[i].end)
		if (str_is(m->elements[i].name, name))
			return m->elements[i].value;
	return STR_NULL;
}

/* ---- values ---- */

static bool
is_decimal(struct str s)
{
	size_t digits = 0, points = 0;

	if (str_starts(s, "-") || str_starts(s, "+"))
		s = str_slice(s, 1, s.n);
	for (size_t i = 0; i < s.n; i++) {
		digits += chr_is_digit(s.p[i]);
		points += s.p[i] == '.';
	}
	return digits > 0 && points <= 1 && digits + points == s.n;
}

static bool
is_id(struct str s)
{
	size_t digits = 0;

	while (digits < s.n && chr_is_digit(s.p[digits]))
		digits++;
	/* Annex E; 18 by the rule B of 2016, 10 for a centre. */
	return digits == s.n && (s.n == 20 || s.n == 18 || s.n == 10 ||
				    manscdp_id_text(s) != NULL);
}

/* 2026-03-02T08:00:00 with more behind the seconds, or not. */
static bool
manscdp_is_time(struct str s)
{
	static const char form[] = "0000-00-00T00:00:00";

	if (s.n < sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? !chr_is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	return true;
}

static bool
manscdp_is_word(const struct manscdp_field *f, struct str s)
{
	const struct manscdp_value *v = f->values;

	while (v->value != NULL && !str_is(s, v->value))
		v++;
	return v->value != NULL;
}

static bool
are_words(const struct manscdp_field *f, struct str s)
{
	bool good = s.n > 0;

	while (s.n > 0 && good)
		good = manscdp_is_word(f, str_trim(str_cut(s, '/', &s)));
	return good;
}

static bool
manscdp_is_value(const struct manscdp_field *f, struct str s)
{
	struct ptz ptz;
	uint64_t n;

	switch (f->kind) {
	case MANSCDP_NUMBER:
		return str_u64(s, &n) == 0;
	case MANSCDP_REAL:
		return is_decimal(s);
	case MANSCDP_ID:
		return is_id(s);
	case MANSCDP_TIME:
		return manscdp_is_time(s);
	case MANSCDP_WORD:
		return manscdp_is_word(f, s);
	case MANSCDP_WORDS:
		return are_words(f, s);
	case MANSCDP_PTZ:
		return ptz_read(s, &ptz) == PTZ_FAULT_NONE;
	case MANSCDP_TEXT:
	case MANSCDP_GROUP:
	case MANSCDP_LIST:
		break;
	}
	return true;
}

/* ---- what the standard says of it ---- */

static int
manscdp_find_fault(struct manscdp *m, enum manscdp_finding_kind kind,
    size_t element, const char *field)
{
	if (m->nfindings == MANSCDP_MOST)
		return 0;
	if (ARRAY_ROOM(&m->findings, &m->room, m->nfindings + 1) != 0)
		return ERR_NOMEM;
	m->findings[m->nfindings++] =
	    (struct manscdp_finding){ kind, (uint32_t)element, field };
	return 0;
}

static size_t
count_children(const struct manscdp *m, size_t at)
{
	size_t n = 0;

	for (size_t i = at + 1; i < m->elements[at].end; i = m->elements[i].end)
		n++;
	return n;
}

/* Whose elements are those within element AT; NULL: any. */
static const struct manscdp_field *
manscdp_group_of(const struct manscdp *m, size_t at)
{
	if (at == 0)
		return m->command != NULL ? m->command->fields : NULL;
	return m->elements[at].field != NULL ? m->elements[at].field->group
					     : NULL;
}

/* The children of an element. */
struct seen {
	uint64_t rows;    /* of its group, a bit each */
	size_t sum, list; /* SumNum and what it counts; 0: none */
};

static int
check_children(struct manscdp *m, size_t at, const struct manscdp_field *group,
    struct seen *seen)
{
	bool list = at > 0 && m->elements[at].field->kind == MANSCDP_LIST;
	int err = 0;

	for (size_t i = at + 1; err == 0 && i < m->elements[at].end;
	     i = m->elements[i].end) {
		const struct manscdp_field *f = m->elements[i].field;
		uint64_t bit = f != NULL ? UINT64_C(1) << (f - group) : 0;

		if (f == NULL)
			err =
			    manscdp_find_fault(m, MANSCDP_IS_UNKNOWN, i, NULL);
		/* Of broken children Info names many (A.2.5.2). */
		else if ((seen->rows & bit) != 0 && !list &&
			 !(at > 0 && str_is(m->elements[i].name, "DeviceID")))
			err = manscdp_find_fault(m, MANSCDP_IS_TWICE, i, NULL);
		if (f != NULL && f->kind == MANSCDP_LIST)
			seen->list = i;
		else if (f != NULL && str_is(m->elements[i].name, "SumNum"))
			seen->sum = i;
		seen->rows |= bit;
	}
	return err;
}

/* Annex M: the number of all items in all messages.  This message's items are
 * no more, and where there is any there is a list. */
static bool
sum_agrees(const struct manscdp *m, const struct seen *seen)
{
	size_t here = seen->list != 0 ? count_children(m, seen->list) : 0;
	uint64_t sum;

	if (seen->sum == 0 || str_u64(m->elements[seen->sum].value, &sum) != 0)
		return true;
	return here <= sum && (sum == 0) == (here == 0);
}

static int
check_group(struct manscdp *m, size_t at)
{
	const struct manscdp_field *group = manscdp_group_of(m, at);
	struct str id = manscdp_value(m, at, "DeviceID");
	bool device = id.n == 20 && id.p[10] == '1';
	struct seen seen = { 0 };
	int err;

	if (group == NULL)
		return 0;
	err = check_children(m, at, group, &seen);
	for (size_t i = 0; err == 0 && group[i].name != NULL; i++)
		if ((seen.rows >> i & 1) == 0 &&
		    (group[i].need == MANSCDP_MUST ||
			(group[i].need == MANSCDP_DEVICE && device)))
			err = manscdp_find_fault(
			    m, MANSCDP_IS_MISSING, at, group[i].name);
	if (err == 0 && !sum_agrees(m, &seen))
		err = manscdp_find_fault(m, MANSCDP_IS_SUM, seen.sum, NULL);
	return err;
}

static int
manscdp_check_list(struct manscdp *m, size_t at)
{
	size_t n = count_children(m, at);
	uint64_t said;

	if (n > MANSCDP_ITEMS)
		return manscdp_refuse(m, MANSCDP_FAULT_ITEMS);
	if (str_u64(m->elements[at].num, &said) != 0 || said != n)
		return manscdp_find_fault(m, MANSCDP_IS_NUM, at, NULL);
	return 0;
}

static int
check_element(struct manscdp *m, size_t at)
{
	const struct manscdp_field *f = m->elements[at].field;
	int err = 0;

	if (at > 0 && f == NULL)
		return 0;
	if (at == 0 && m->command == NULL)
		return manscdp_find_fault(m, MANSCDP_IS_COMMAND, 0, NULL);
	if (at > 0 && !manscdp_is_value(f, m->elements[at].value))
		err = manscdp_find_fault(m, MANSCDP_IS_VALUE, at, NULL);
	if (err == 0 && at > 0 && f->kind == MANSCDP_LIST)
		err = manscdp_check_list(m, at);
	return err != 0 ? err : check_group(m, at);
}

static int
manscdp_check(struct manscdp *m, bool other)
{
	int err = 0;

	m->root = manscdp_root_find(m->elements[0].name);
	if (m->root == MANSCDP_ROOT_COUNT)
		return manscdp_refuse(m, MANSCDP_FAULT_ROOT);
	m->command = manscdp_command(m->root, manscdp_value(m, 0, "CmdType"));
	if (other)
		err = manscdp_find_fault(m, MANSCDP_IS_OTHER, 0, NULL);
	for (size_t i = 1; i < m->n; i++)
		m->elements[i].field =
		    manscdp_field(manscdp_group_of(m, m->elements[i].parent),
			m->elements[i].name);
	for (size_t i = 0; err == 0 && i < m->n; i++)
		err = check_element(m, i);
	return err;
}

int
manscdp_read(struct manscdp *m, struct str body)
{
	enum manscdp_fault fault;
	bool other = false;
	int err;

	*m = (struct manscdp){ .text = BUF_INIT };
	err = manscdp_read_text(m, body, &other);
	if (err == 0 && has_doctype(buf_view(&m->text)))
		err = manscdp_refuse(m, MANSCDP_FAULT_DOCTYPE);
	if (err == 0) {
		err = xml_read(&m->document, buf_view(&m->text));
		if (err == ERR_SYNTAX)
			manscdp_refuse(m, MANSCDP_FAULT_XML);
	}
	if (err == 0)
		err = read_elements(m);
	if (err == 0)
		err = manscdp_check(m, other);
	fault = m->fault;
	if (err != 0)
		manscdp_free(m);
	m->fault = fault;
	return err;
}

void
manscdp_free(struct manscdp *m)
{
	xml_free(&m->document);
	buf_free(&m->text);
	mem_free(m->elements);
	mem_free(m->findings);
	*m = (struct manscdp){ .text = BUF_INIT };
}

/* ---- lines ---- */

/* Behind the markup that begins at FROM, where a '<' stands. */
static size_t
end_of_markup(struct str text, size_t from)
{
	struct str rest = str_slice(text, from, text.n);
	const char *end = str_starts(rest, "<!--")        ? "-->"
			  : str_starts(rest, "<![CDATA[") ? "]]>"
			  : str_starts(rest, "<?")        ? "?>"
							  : NULL;
	char quote = '\0';
	ptrdiff_t at;

	if (end != NULL) {
		at = str_find(rest, end);
		return at < 0 ? text.n : from + (size_t)at + strlen(end);
	}
	for (size_t i = 0; i < rest.n; i++) {
		char c = rest.p[i];

		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return from + i + 1;
	}
	return text.n;
}

static bool
is_start_tag(struct str text, size_t at)
{
	return at + 1 < text.n && text.p[at] == '<' && text.p[at + 1] != '/' &&
	       text.p[at + 1] != '!' && text.p[at + 1] != '?';
}

/* Text and what else is not a tag, up to the next. */
static size_t
skip_text(struct str text, size_t at)
{
	while (at < text.n) {
		if (text.p[at] != '<')
			at++;
		else if (at + 1 < text.n &&
			 (text.p[at + 1] == '!' || text.p[at + 1] == '?'))
			at = end_of_markup(text, at);
		else
			break;
	}
	return at;
}

bool
manscdp_next_piece(struct str text, size_t *at, struct str *piece, bool *opens)
{
	size_t begin = *at, tag, end;

	while (
	    begin < text.n && (text.p[begin] == '\r' || text.p[begin] == '\n'))
		begin++;
	tag = begin;
	while (tag < text.n && chr_is_space(text.p[tag]))
		tag++;
	if (tag == text.n)
		return false;
	*opens = is_start_tag(text, tag);
	end = text.p[tag] == '<' ? end_of_markup(text, tag)
				 : skip_text(text, tag);
	/* An element of text alone is one line with its end. */
	if (*opens && text.p[end - 2] != '/') {
		size_t next = skip_text(text, end);

		if (next + 1 < text.n && text.p[next + 1] == '/')
			end = end_of_markup(text, next);
	}
	*piece = str_slice(text, begin, end);
	*at = end;
	return true;
}

/* ---- writing ---- */

int
manscdp_encode(struct str body, struct str charset, struct buf *out)
{
	size_t set = find_charset(charset), begin;
	int err;

	if (set == COUNT_OF(charsets))
		return ERR_SYNTAX;
	buf_printf(out, "<?xml version=\"1.0\" encoding=\"%s\"?>\r\n",
	    charsets[set].name);
	begin = out->n;
	if (!charsets[set].chinese) {
		buf_str(out, body);
		return out->err != 0      ? out->err
		       : utf8_valid(body) ? 0
					  : ERR_SYNTAX;
	}
	err = charset_convert(body, "UTF-8", "GB18030", out);
	if (err == 0 && charsets[set].is_2312 &&
	    !is_gb2312(str_slice(buf_view(out), begin, out->n)))
		err = ERR_SYNTAX;
	return err;
}
