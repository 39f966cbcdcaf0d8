/* The doctor's lines about folders and programs. */
#include "base/i18n.h"
#include "cli/doctor_in.h"
#include "inputs/share.h"
#include "inputs/share_labs.h"
#include "session/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
variable_value(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

void
doctor_labs(struct doctor *d)
{
	struct share_labs labs;
	struct buf places = BUF_INIT;

	if (share_labs_read(&labs) != 0)
		d->out.err = 1;
	if (labs.n > 0) {
		struct str path = str_of(labs.list[0].path);

		doctor_say(d, DOCTOR_FINE, _("%zu, the first in %.*s"), labs.n,
		    STR_ARG(str_slice(
			path, 0, path.n - strlen(labs.list[0].name) - 1)));
	} else {
		share_places(&places);
		doctor_say(d, DOCTOR_NOTE, _("none in %s"), buf_cstr(&places));
		doctor_remedy(
		    d, _("RUNG_SHARE=FOLDER rung play, with labs/ in FOLDER"));
	}
	share_labs_free(&labs);
	buf_free(&places);
}

void
doctor_here(struct doctor *d)
{
	if (access(".", W_OK | X_OK) == 0) {
		doctor_say(d, DOCTOR_FINE, _("can be written into"));
		return;
	}
	doctor_say(d, DOCTOR_NOTE,
	    _("can't be written into, so nothing can be exported to it"));
	doctor_remedy(d, _("cd to a folder of your own"));
}

/* Can PATH be written into, or be made where it isn't yet?  PATH ends at the
 * part that decides it. */
static bool
can_write(struct buf *path)
{
	ptrdiff_t slash;

	while (access(buf_cstr(path), F_OK) != 0) {
		slash = str_rchr(buf_view(path), '/');
		if (slash < 0)
			return false;
		buf_truncate(path, slash > 0 ? (size_t)slash : 1);
		if (slash == 0)
			break;
	}
	return access(buf_cstr(path), W_OK | X_OK) == 0;
}

void
doctor_state(struct doctor *d)
{
	struct buf path = BUF_INIT, at = BUF_INIT;

	if (folder_find(&path, false, NULL) != 0) {
		doctor_say(d, DOCTOR_NOTE,
		    _("HOME isn't set, so there is no place to keep them"));
		doctor_remedy(d, "XDG_STATE_HOME=/tmp rung play");
	} else {
		buf_str(&at, buf_view(&path));
		if (can_write(&at)) {
			doctor_say(d, DOCTOR_FINE, _("are kept in %s"),
			    buf_cstr(&path));
		} else {
			doctor_say(d, DOCTOR_NOTE,
			    _("can't be kept: %s can't be written into"),
			    buf_cstr(&at));
			doctor_remedy(d, "XDG_STATE_HOME=/tmp rung play");
		}
	}
	buf_end(&path, &d->out.err);
	buf_end(&at, &d->out.err);
}

/* Is there a program of the name that COMMAND begins with? */
static bool
is_program_found(const char *command)
{
	struct str name = { command, strcspn(command, " \t") };
	struct str rest = str_of(variable_value("PATH"));
	struct buf path = BUF_INIT;
	bool found = false;

	if (str_chr(name, '/') >= 0)
		rest = STR(".");
	while (!found && name.n > 0 && rest.n > 0) {
		struct str folder = str_cut(rest, ':', &rest);

		buf_clear(&path);
		if (str_chr(name, '/') < 0)
			buf_printf(&path, "%.*s/", STR_ARG(folder));
		buf_str(&path, name);
		found = path.err == 0 && access(buf_cstr(&path), X_OK) == 0;
	}
	buf_free(&path);
	return found;
}

void
doctor_editor(struct doctor *d)
{
	static const char *const variables[] = { "VISUAL", "EDITOR" };
	static const char *const usual[] = { "editor", "nano", "vi" };

	for (size_t i = 0; i < 2; i++) {
		const char *value = variable_value(variables[i]);

		if (value == NULL)
			continue;
		if (is_program_found(value)) {
			doctor_say(
			    d, DOCTOR_FINE, "%s (%s)", value, variables[i]);
			return;
		}
		doctor_say(d, DOCTOR_NOTE, _("%s (%s): no such program"), value,
		    variables[i]);
		doctor_remedy(
		    d, _("%s=nano rung play, or what you like"), variables[i]);
		return;
	}
	for (size_t i = 0; i < 3; i++) {
		if (!is_program_found(usual[i]))
			continue;
		doctor_say(d, DOCTOR_FINE, _("%s, because EDITOR isn't set"),
		    usual[i]);
		return;
	}
	doctor_say(
	    d, DOCTOR_NOTE, _("none, so messages can't be edited in one"));
	doctor_remedy(d, _("EDITOR=nano rung play, or what you like"));
}
