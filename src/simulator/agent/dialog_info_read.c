/* The event package `dialog`, read: RFC 4235 4.1. */
#include "agent/dialog_info.h"

#include "base/err.h"

static void
take_attrs(const struct xml_item *item, struct agent_dialog_info *d)
{
	xml_attr(item, "call-id", &d->call_id);
	xml_attr(item, "local-tag", &d->local_tag);
	xml_attr(item, "remote-tag", &d->remote_tag);
	xml_attr(item, "direction", &d->direction);
}

/* ITEM is opened in a dialog. */
static void
take_element(const struct xml *x, const struct xml_item *item,
    struct agent_dialog_info *d)
{
	if (x->depth == 4 && xml_is_within(x, 2, "remote") &&
	    xml_is_within(x, 3, "target"))
		xml_attr(item, "uri", &d->target);
}

/* TEXT stands in a dialog: what of it is of interest. */
static void
take_state_or_identity(
    const struct xml *x, struct str text, struct agent_dialog_info *d)
{
	if (x->depth == 3 && xml_is_within(x, 2, "state"))
		d->state = str_trim(text);
	else if (x->depth == 4 && xml_is_within(x, 2, "remote") &&
		 xml_is_within(x, 3, "identity"))
		d->remote = str_trim(text);
}

int
agent_dialog_info_next(struct xml *x, struct agent_dialog_info *d)
{
	const struct xml_item *item;
	bool inside = false;

	*d = (struct agent_dialog_info){ .state = STR_NULL };
	while ((item = xml_next(x))->kind != XML_DONE) {
		if (item->kind == XML_OPEN && x->depth == 1 &&
		    !str_is(item->name.local, "dialog-info"))
			return ERR_SYNTAX;
		if (item->kind == XML_OPEN && x->depth == 2 &&
		    str_is(item->name.local, "dialog")) {
			take_attrs(item, d);
			inside = true;
		} else if (item->kind == XML_OPEN && inside) {
			take_element(x, item, d);
		} else if (item->kind == XML_TEXT && inside) {
			take_state_or_identity(x, item->text, d);
		} else if (item->kind == XML_CLOSE && inside && x->depth == 1) {
			return 0;
		}
	}
	return ERR_NOTFOUND;
}

/* "early with sip:carol@b.example" */
static void
write_dialog(const struct agent_dialog_info *d, struct buf *out)
{
	if (out->n > 0)
		buf_puts(out, ", ");
	buf_str(out, d->state);
	if (d->remote.n == 0)
		return;
	buf_puts(out, " with ");
	buf_str(out, d->remote);
}

int
agent_dialog_info_read(struct str body, struct buf *out)
{
	struct agent_dialog_info d;
	struct buf list = BUF_INIT;
	struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (err = agent_dialog_info_next(&x, &d)) == 0)
		write_dialog(&d, &list);
	if (err == ERR_NOTFOUND) {
		buf_puts(out, "dialogs: ");
		buf_str(out, list.n > 0 ? buf_view(&list) : STR("none"));
		err = (list.err | out->err) != 0 ? ERR_NOMEM : 0;
	}
	buf_free(&list);
	xml_free(&x);
	return err;
}
