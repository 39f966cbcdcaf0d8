/*
 * Documents of the event package `reg` (RFC 3680 5), read; see
 * agent/reg_info.h.
 */
#include "agent/reg_info.h"

#include "base/err.h"
#include "msg/parts.h"
#include "text/xml.h"

/* 5.1: what must be in a document, and what may be there. */
static int
read_root(const struct xml_item *e)
{
	struct str version, state;
	uint32_t n;

	return str_is(e->name.local, "reginfo") &&
		       xml_attr(e, "version", &version) &&
		       str_u32(version, &n) == 0 &&
		       xml_attr(e, "state", &state) &&
		       str_has_word(STR("full partial"), state)
		   ? 0
		   : ERR_SYNTAX;
}

/* An open element, and its treatment. */
struct reader {
	struct buf *out;     /* a sentence; or NULL, and … */
	struct str want_aor; /* … the address looked for */
	struct str want_uri;
	struct reg_info_contact *found; /* its event is NULL at first */
	struct reg_info_contact contact;
	bool mine; /* the registration is that of want_aor */
};

static int
read_registration(struct reader *r, const struct xml_item *e)
{
	struct str aor, id, state;

	if (!xml_attr(e, "aor", &aor) || !xml_attr(e, "id", &id) ||
	    !xml_attr(e, "state", &state) ||
	    !str_has_word(STR("init active terminated"), state))
		return ERR_SYNTAX;
	if (r->out == NULL) {
		r->mine = msg_uri_equal(str_trim(aor), r->want_aor);
		return 0;
	}
	buf_puts(r->out, r->out->n > 0 ? "; " : "");
	buf_str(r->out, str_trim(aor));
	buf_puts(r->out,
	    str_is(state, "active") ? " is registered" : " is not registered");
	return 0;
}

/* 5.1: the word that is in a document, as one of ours; empty: none. */
static struct str
find_event(struct str word)
{
	static const char *const words[] = { "registered", "created",
		"refreshed", "shortened", "expired", "deactivated", "probation",
		"unregistered", "rejected" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_is(word, words[i]))
			return str_of(words[i]);
	return STR_NULL;
}

static int
read_contact(struct reader *r, const struct xml_item *e)
{
	struct reg_info_contact *c = &r->contact;
	struct str id, state, event, after;

	*c = (struct reg_info_contact){ .active = false };
	if (!xml_attr(e, "id", &id) || !xml_attr(e, "state", &state) ||
	    !xml_attr(e, "event", &event) ||
	    !str_has_word(STR("active terminated"), state))
		return ERR_SYNTAX;
	c->event = find_event(event);
	if (c->event.n == 0)
		return ERR_SYNTAX;
	c->active = str_is(state, "active");
	c->waits = xml_attr(e, "retry-after", &after) &&
		   str_u32(after, &c->retry_after_s) == 0;
	return 0;
}

/* The contact that is open has URI. */
static void
take_uri(struct reader *r, struct str uri)
{
	if (r->out != NULL) {
		buf_puts(r->out, ", ");
		buf_str(r->out, uri);
		buf_printf(r->out, " (%.*s)", STR_ARG(r->contact.event));
	} else if (r->mine && (r->found->event.n == 0 || r->contact.active) &&
		   msg_uri_equal(uri, r->want_uri)) {
		*r->found = r->contact;
	}
}

/* E is the next item of X. */
static int
read_item(struct reader *r, const struct xml *x, const struct xml_item *e)
{
	bool registration = xml_is_within(x, 1, "registration");
	bool contact = registration && xml_is_within(x, 2, "contact");

	if (e->kind == XML_OPEN && x->depth == 1)
		return read_root(e);
	if (e->kind == XML_OPEN && x->depth == 2 && registration)
		return read_registration(r, e);
	if (e->kind == XML_OPEN && x->depth == 3 && contact)
		return read_contact(r, e);
	if (e->kind == XML_TEXT && x->depth == 4 && contact &&
	    xml_is_within(x, 3, "uri"))
		take_uri(r, str_trim(e->text));
	return 0;
}

static int
read_document(struct str body, struct reader *r)
{
	const struct xml_item *e;
	LOCAL(xml_free) struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (e = xml_next(&x))->kind != XML_DONE)
		err = read_item(r, &x, e);
	return err;
}

int
reg_info_read(struct str body, struct buf *out)
{
	LOCAL_BUF list = BUF_INIT;
	struct reader r = { .out = &list };
	int err = read_document(body, &r);

	if (err == 0)
		buf_str(out,
		    list.n > 0 ? buf_view(&list) : STR("no registrations"));
	if (list.err != 0 || out->err != 0)
		err = ERR_NOMEM;
	return err;
}

int
reg_info_find(struct str body, struct str aor, struct str uri,
    struct reg_info_contact *found)
{
	struct reader r = { .want_aor = aor, .want_uri = uri, .found = found };
	int err;

	*found = (struct reg_info_contact){ .active = false };
	err = read_document(body, &r);
	return err == 0 && found->event.n == 0 ? ERR_NOTFOUND : err;
}
