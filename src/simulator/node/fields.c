/* Header fields that a script gives to a message of a node. */
#include "node/fields.h"

#include "base/mem.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/headers.h"

#include <string.h>

int
node_fields_read(struct node_fields *f, struct str text, struct diag *d)
{
	struct str rest;

	f->n = 0;
	f->lines = mem_dup(text.p, text.n);
	if (f->lines == NULL)
		return ERR_NOMEM;
	rest = (struct str){ f->lines, text.n };
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), value;
		struct str name = str_trim(str_cut(line, ':', &value));

		if (str_trim(line).n == 0)
			continue;
		value = str_trim(value);
		if (str_chr(line, ':') < 0 || !chars_is_token(name) ||
		    !chars_is_line(value))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%.*s” is not a header field; expected “Name: "
			      "value”"),
			    STR_ARG(str_trim(line)));
		if (f->n == NODE_FIELDS)
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("a message can have at most %d additional header "
			      "fields"),
			    NODE_FIELDS);
		f->lines[name.p - f->lines + (ptrdiff_t)name.n] = '\0';
		f->list[f->n++] = (struct sip_header){ name.p, value };
	}
	return 0;
}

void
node_fields_free(struct node_fields *f)
{
	mem_free(f->lines);
	f->lines = NULL;
}

static bool
sending_is_field(const struct sip_header *h, enum msg_header id)
{
	return msg_header_find(str_of(h->name)) == id;
}

struct str
node_fields_take(struct node_fields *f, enum msg_header id)
{
	struct str value = STR_NULL;
	size_t i = 0;

	while (i < f->n && !sending_is_field(&f->list[i], id))
		i++;
	if (i == f->n)
		return value;
	value = f->list[i].value;
	f->n--;
	memmove(&f->list[i], &f->list[i + 1], (f->n - i) * sizeof(f->list[0]));
	return value;
}

int
node_fields_take_cseq(
    struct node_fields *f, struct str method, uint32_t *cseq, struct diag *d)
{
	struct str value = node_fields_take(f, MSG_H_CSEQ), rest;
	struct str number = str_cut(value, ' ', &rest);

	if (value.n == 0)
		return 0;
	rest = str_trim(rest);
	if (str_u32(number, cseq) != 0 || *cseq > INT32_MAX ||
	    (rest.n > 0 && !str_eq(rest, method)))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("CSeq must have a number and the request's method; raw= "
		      "sends any bytes"));
	return 0;
}

int
node_fields_check(const struct node_fields *f, struct diag *d)
{
	static const enum msg_header own[] = { MSG_H_VIA, MSG_H_FROM, MSG_H_TO,
		MSG_H_CALL_ID, MSG_H_CSEQ, MSG_H_CONTENT_LENGTH };

	for (size_t i = 0; i < f->n; i++)
		for (size_t k = 0; k < COUNT_OF(own); k++)
			if (sending_is_field(&f->list[i], own[k]))
				return diag_set(d, ERR_SYNTAX, NULL, 0,
				    _("the phone itself writes %s; the node's "
				      "send{…} can write any header field"),
				    f->list[i].name);
	return 0;
}

/* One before the I-th is the same field, which may stand once. */
static bool
stands_again(const struct node_fields *f, size_t i)
{
	enum msg_header id = msg_header_find(str_of(f->list[i].name));
	const struct msg_header_info *row = msg_header_info(id);

	if (row == NULL || (row->flags & MSG_HF_ONCE) == 0)
		return false;
	for (size_t k = 0; k < i; k++)
		if (sending_is_field(&f->list[k], id))
			return true;
	return false;
}

static bool
is_valid(const struct sip_header *h)
{
	static const struct msg of_none;
	struct msg_field field = { .id = msg_header_find(str_of(h->name)),
		.value = h->value };

	return msg_field_is_valid(&of_none, &field);
}

int
node_fields_blame(const struct node_fields *f, struct diag *d)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct sip_header *h = &f->list[i];

		if (stands_again(f, i))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%s may appear only once in a message; raw= "
			      "sends any bytes"),
			    h->name);
		if (!is_valid(h))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%s can't have the value “%.*s”; raw= sends "
			      "any bytes"),
			    h->name, STR_ARG(h->value));
	}
	return ERR_SYNTAX;
}
