/* The location protocol: one JSON object a datagram. */
#include "roles/location/location.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "text/json.h"

#include <string.h>

static const char *const status_names[] = {
#define X(id, name) [LOCATION_##id] = name,
	LOCATION_STATUSES(X)
#undef X
};

static const char *const op_names[] = {
	[LOCATION_QUERY] = "query",
	[LOCATION_STORE] = "store",
	[LOCATION_ANSWER] = "answer",
};

static void
put_contacts(struct buf *b, const char *key, const struct location_contacts *c)
{
	json_open(b, key, '[');
	for (size_t i = 0; i < c->n; i++) {
		json_open(b, NULL, '{');
		json_put_field(b, "uri", str_of(c->list[i].uri));
		json_put_int(b, "expires", c->list[i].expires_s);
		json_put_int(b, "q", c->list[i].q);
		if (c->list[i].path != NULL)
			json_put_field(b, "path", str_of(c->list[i].path));
		if (c->list[i].instance != NULL) {
			json_put_field(
			    b, "instance", str_of(c->list[i].instance));
			json_put_int(b, "reg_id", c->list[i].reg_id);
		}
		if (c->list[i].temp != NULL)
			json_put_field(b, "temp", str_of(c->list[i].temp));
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

void
location_record(struct node *n, const char *op, struct str aor,
    enum location_status status, const struct location_contacts *targets,
    enum rule_id why)
{
	struct trace_writer *w;
	LOCAL_BUF b = BUF_INIT, q = BUF_INIT;
	bool differ = false;

	for (size_t i = 0; i < targets->n; i++) {
		buf_putc(&b, i > 0 ? ',' : '[');
		json_put_str(&b, str_of(targets->list[i].uri));
		buf_printf(&q, "%c%u", i > 0 ? ',' : '[', targets->list[i].q);
		differ |= targets->list[i].q != 1000;
	}
	buf_puts(&b, targets->n > 0 ? "]" : "[]");
	buf_putc(&q, ']');
	w = node_record(n, TRACE_LOOKUP, why);
	trace_put_cstr(w, "op", op);
	trace_put_str(w, "aor", aor);
	trace_put_cstr(w, "status", status_names[status]);
	if (b.err == 0)
		trace_put_json(w, "targets", buf_view(&b));
	if (q.err == 0 && differ)
		trace_put_json(w, "q", buf_view(&q));
	node_record_cause(n);
}

const struct location_words *
location_words_of(const struct location_update *u)
{
	static const struct location_words words[] = {
		{ "query", "answer", RULE_LOCATION_QUERY },
		{ "store", "stored", RULE_LOCATION_STORE },
		{ "fetch", "fetched", RULE_LOCATION_FETCH },
	};

	if (u == NULL)
		return &words[0];
	return &words[u->contacts.n > 0 || u->star ? 1 : 2];
}

uint64_t
location_note_bad(struct node *n, const char *reason)
{
	struct trace_writer *w = node_record(n, TRACE_BAD, RULE_NONE);

	trace_put_cstr(w, "fault", "location");
	trace_put_cstr(w, "at", reason);
	return trace_close(w);
}

static void
location_packet_begin(struct buf *b, int op, int64_t id)
{
	buf_clear(b);
	buf_puts(b, "{\"op\":");
	json_put_str(b, str_of(op_names[op]));
	json_put_int(b, "id", id);
}

void
location_write_query(struct buf *b, int64_t id, struct str aor)
{
	location_packet_begin(b, LOCATION_QUERY, id);
	json_put_field(b, "aor", aor);
	buf_putc(b, '}');
}

void
location_write_store(struct buf *b, int64_t id, const struct location_update *u)
{
	location_packet_begin(b, LOCATION_STORE, id);
	json_put_field(b, "aor", u->aor);
	json_put_field(b, "call_id", u->call_id);
	json_put_int(b, "cseq", u->cseq);
	json_put_int(b, "star", u->star);
	put_contacts(b, "contacts", &u->contacts);
	buf_putc(b, '}');
}

void
location_write_answer(struct buf *b, int64_t id, enum location_status status,
    const struct location_contacts *bindings)
{
	location_packet_begin(b, LOCATION_ANSWER, id);
	json_put_field(b, "status", str_of(status_names[status]));
	put_contacts(b, "contacts", bindings);
	buf_putc(b, '}');
}

/* ---- reading ---- */

/* A datagram is untrusted; its values end up in SIP messages, so no control
 * characters and no spaces. */
static int
check_word(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.p[i] <= ' ' || word.p[i] == '\177')
			return ERR_SYNTAX;
	return word.n > 0 ? 0 : ERR_SYNTAX;
}

/* Of whatever scheme: nothing that would end the brackets it is put into. */
static int
location_packet_check_uri(struct str uri)
{
	struct msg_uri u;
	int err = check_word(uri);

	for (size_t i = 0; err == 0 && i < uri.n; i++)
		if ((unsigned char)uri.p[i] > '~' ||
		    strchr("<>\"", uri.p[i]) != NULL)
			err = ERR_SYNTAX;
	return err != 0 ? err : msg_uri_read(uri, &u);
}

/* RFC 5626, RFC 5627: of the last of TO, where V has it. */
static int
read_packet_instance(
    struct location_contacts *to, struct json_value v, struct buf *text)
{
	struct json_value temp = json_member(v, "temp");
	int64_t reg_id = 0;
	size_t n;
	int err;

	buf_clear(text);
	if (json_member(v, "instance").type == JSON_NONE)
		return 0;
	err = json_text(json_member(v, "instance"), text);
	n = text->n;
	if (err == 0)
		err = location_packet_check_uri(buf_view(text));
	if (err == 0)
		err = json_int(json_member(v, "reg_id"), &reg_id);
	if (err == 0 && (reg_id < 0 || reg_id > INT32_MAX))
		err = ERR_RANGE;
	if (err == 0 && temp.type != JSON_NONE) {
		err = json_text(temp, text);
		if (err == 0)
			err = check_word(str_slice(buf_view(text), n, text->n));
	}
	return err != 0 ? err
			: location_contacts_set_instance(to,
			      str_slice(buf_view(text), 0, n), (unsigned)reg_id,
			      str_slice(buf_view(text), n, text->n));
}

/* TEXT is what one contact is read with. */
static int
read_packet_contact(
    struct location_contacts *to, struct json_value v, struct buf *text)
{
	struct json_value path = json_member(v, "path");
	int64_t expires = 0, q = 1000;
	int err;

	buf_clear(text);
	err = v.type != JSON_OBJECT ? ERR_SYNTAX
				    : json_text(json_member(v, "uri"), text);
	if (err == 0)
		err = location_packet_check_uri(buf_view(text));
	if (err == 0)
		err = json_int(json_member(v, "expires"), &expires);
	if (err == 0)
		err = json_int(json_member(v, "q"), &q);
	if (err == 0 &&
	    (expires < 0 || expires > UINT32_MAX || q < 0 || q > 1000))
		err = ERR_RANGE;
	if (err == 0)
		err = location_contacts_add(
		    to, buf_view(text), expires, (unsigned)q);
	if (err == 0)
		err = read_packet_instance(to, v, text);
	if (err != 0 || path.type == JSON_NONE)
		return err;
	buf_clear(text);
	err = json_text(path, text);
	if (err == 0 &&
	    (text->n == 0 || !location_path_is_valid(buf_view(text))))
		err = ERR_SYNTAX;
	if (err == 0)
		err = location_contacts_set_path(to, buf_view(text));
	return err;
}

static int
read_contacts(struct location_packet *p, struct json_value list)
{
	LOCAL_BUF text = BUF_INIT;
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v))
		err = read_packet_contact(&p->update.contacts, v, &text);
	return err;
}

static int
read_store(struct location_packet *p, struct json_value v)
{
	int64_t cseq, star;
	int err = json_int(json_member(v, "cseq"), &cseq);

	if (err == 0)
		err = json_int(json_member(v, "star"), &star);
	if (err == 0 && (cseq < 0 || cseq > INT32_MAX))
		err = ERR_RANGE;
	if (err != 0)
		return err;
	p->update.cseq = (uint32_t)cseq;
	p->update.star = star != 0;
	return 0;
}

static int
read_strings(struct location_packet *p, struct json_value v)
{
	size_t aor;
	int err = json_text(json_member(v, "aor"), &p->text);

	aor = p->text.n;
	if (err == 0 && p->op == LOCATION_STORE)
		err = json_text(json_member(v, "call_id"), &p->text);
	p->update.aor = str_slice(buf_view(&p->text), 0, aor);
	p->update.call_id = str_slice(buf_view(&p->text), aor, p->text.n);
	if (err == 0)
		err = p->text.err;
	if (err == 0)
		err = location_packet_check_uri(p->update.aor);
	if (err == 0 && p->op == LOCATION_STORE)
		err = check_word(p->update.call_id);
	return err;
}

static int
read_op(struct location_packet *p, struct json_value v)
{
	LOCAL_BUF word = BUF_INIT;
	int err = json_text(json_member(v, "op"), &word), i = 0;

	while (err == 0 && i < 3 && strcmp(buf_cstr(&word), op_names[i]) != 0)
		i++;
	if (i == 3)
		err = ERR_SYNTAX;
	p->op = i < 3 ? i : 0;
	buf_clear(&word);
	if (err == 0 && p->op == LOCATION_ANSWER) {
		err = json_text(json_member(v, "status"), &word);
		for (i = 0; err == 0 && i < LOCATION_SILENT &&
			    strcmp(buf_cstr(&word), status_names[i]) != 0;)
			i++;
		/* A status that only a client sets is not valid in an
		 * answer. */
		if (err == 0 && i == LOCATION_SILENT)
			err = ERR_SYNTAX;
		p->status = (enum location_status)i;
	}
	return err;
}

int
location_packet_read(struct location_packet *p, struct str bytes)
{
	struct json_value v;
	int err;

	memset(p, 0, sizeof(*p));
	err = json_read(&bytes, &v);
	if (err != 0 || v.type != JSON_OBJECT || str_trim(bytes).n > 0)
		return ERR_SYNTAX;
	err = json_int(json_member(v, "id"), &p->id);
	if (err == 0)
		err = read_op(p, v);
	if (err == 0 && p->op != LOCATION_ANSWER)
		err = read_strings(p, v);
	if (err == 0 && p->op == LOCATION_STORE)
		err = read_store(p, v);
	if (err == 0)
		err = read_contacts(p, json_member(v, "contacts"));
	return err;
}

void
location_packet_free(struct location_packet *p)
{
	location_contacts_free(&p->update.contacts);
	buf_free(&p->text);
}
