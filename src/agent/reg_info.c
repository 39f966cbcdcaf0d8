/* See agent/reg_info.h. */
#include "agent/reg_info.h"

#include "base/err.h"
#include "base/xml.h"

/* VALUE is one of WORDS, which have single spaces between. */
static bool
is_one_of(struct str value, const char *words)
{
	struct str rest = str_of(words);

	while (rest.n > 0)
		if (str_eq(str_cut(rest, ' ', &rest), value))
			return true;
	return false;
}

/* 5.1: what must stand in a document, and what may stand there. */
static int
read_root(const struct xml_item *e)
{
	struct str version, state;
	uint32_t n;

	return str_is(e->name, "reginfo") && xml_attr(e, "version", &version) &&
		       str_u32(version, &n) == 0 &&
		       xml_attr(e, "state", &state) &&
		       is_one_of(state, "full partial")
		   ? 0
		   : ERR_SYNTAX;
}

static int
read_registration(const struct xml_item *e, struct buf *out)
{
	struct str aor, id, state;

	if (!xml_attr(e, "aor", &aor) || !xml_attr(e, "id", &id) ||
	    !xml_attr(e, "state", &state) ||
	    !is_one_of(state, "init active terminated"))
		return ERR_SYNTAX;
	buf_puts(out, out->n > 0 ? "; " : "");
	xml_add_text(aor, out);
	buf_puts(out,
	    str_is(state, "active") ? " is registered" : " is not registered");
	return 0;
}

static int
read_contact(const struct xml_item *e, struct str *event)
{
	struct str id, state;

	return xml_attr(e, "id", &id) && xml_attr(e, "state", &state) &&
		       xml_attr(e, "event", event) &&
		       is_one_of(state, "active terminated") &&
		       is_one_of(*event, "registered created refreshed "
					 "shortened expired deactivated "
					 "probation unregistered rejected")
		   ? 0
		   : ERR_SYNTAX;
}

/* E is the next item of X; *EVENT is that of the contact that is open. */
static int
read_item(const struct xml *x, const struct xml_item *e, struct str *event,
    struct buf *out)
{
	bool registration = xml_is_within(x, 1, "registration");
	bool contact = registration && xml_is_within(x, 2, "contact");

	if (e->kind == XML_OPEN && x->depth == 1)
		return read_root(e);
	if (e->kind == XML_OPEN && x->depth == 2 && registration)
		return read_registration(e, out);
	if (e->kind == XML_OPEN && x->depth == 3 && contact)
		return read_contact(e, event);
	if (e->kind == XML_TEXT && x->depth == 4 && contact &&
	    xml_is_within(x, 3, "uri")) {
		buf_puts(out, ", ");
		xml_add_text(e->text, out);
		buf_printf(out, " (%.*s)", STR_ARG(*event));
	}
	return 0;
}

int
reg_info_read(struct str body, struct buf *out)
{
	struct str event = STR_NULL;
	struct buf list = BUF_INIT;
	struct xml_item e;
	struct xml x;
	int err;

	xml_begin(&x, body);
	do {
		err = xml_next(&x, &e);
		if (err == 0 && e.kind != XML_DONE)
			err = read_item(&x, &e, &event, &list);
	} while (err == 0 && e.kind != XML_DONE);
	if (err == 0)
		buf_str(out,
		    list.n > 0 ? buf_view(&list) : STR("no registrations"));
	if (list.err != 0 || out->err != 0)
		err = ERR_NOMEM;
	buf_free(&list);
	return err;
}
