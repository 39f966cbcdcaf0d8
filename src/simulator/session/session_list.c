/* The list of kept sessions. */
#include "session/session_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* ---- what any reader of such a file needs ---- */

int
session_read_object(struct str text, struct json_value *v)
{
	int64_t version;
	struct str kind;

	if (json_read(&text, v) != 0 || v->type != JSON_OBJECT ||
	    str_trim(text).n > 0 ||
	    json_plain(json_member(*v, "kind"), &kind) != 0 ||
	    !str_is(kind, SESSION_KIND) ||
	    json_int(json_member(*v, "version"), &version) != 0 || version < 1)
		return ERR_SYNTAX;
	return version <= SESSION_VERSION ? 0 : ERR_UNSUPPORTED;
}

/* ---- the list ---- */

static void
session_list_free_entry(struct session_entry *e)
{
	mem_free(e->name);
	mem_free(e->title);
	mem_free(e->file);
	mem_free(e->state);
}

void
session_list_free(struct session_entry *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		session_list_free_entry(&list[i]);
	mem_free(list);
}

/* What the list tells of a file; 0, ERR_NOMEM, or another error where it is no
 * session. */
static int
read_entry(
    const char *path, const struct folder_file *f, struct session_entry *e)
{
	LOCAL_BUF text = BUF_INIT;
	struct json_value v, state;
	int err = folder_read(path, &text, NULL);

	*e = (struct session_entry){ .when = f->when };
	if (err == 0)
		err = session_read_object(buf_view(&text), &v);
	if (err == 0)
		err = json_strdup(json_member(v, "title"), &e->title);
	if (err == 0)
		err = json_strdup(json_member(v, "file"), &e->file);
	if (err == 0) {
		state = json_member(v, "state");
		e->branches = json_count(json_member(v, "branches"));
		if (json_int(json_member(state, "position"), &e->position) != 0)
			e->position = 0;
		e->name = mem_dup(f->name, strlen(f->name) - strlen(".json"));
		e->state =
		    mem_dup(state.raw.n > 0 ? state.raw.p : "", state.raw.n);
		err = e->name != NULL && e->state != NULL ? 0 : ERR_NOMEM;
	}
	if (err != 0)
		session_list_free_entry(e);
	return err;
}

int
session_list(struct session_entry **list, size_t *n, struct diag *d)
{
	LOCAL_BUF folder = BUF_INIT, path = BUF_INIT;
	struct folder_file *files = NULL;
	size_t nfiles = 0;
	int err = folder_find(&folder, false, d);

	*list = NULL;
	*n = 0;
	if (err == 0)
		err = folder_list(folder.p, &files, &nfiles);
	if (err == 0 && nfiles > 0) {
		*list = mem_zalloc(nfiles, sizeof(**list));
		err = *list != NULL ? 0 : ERR_NOMEM;
	}
	for (size_t i = 0; err == 0 && i < nfiles; i++) {
		buf_clear(&path);
		buf_printf(&path, "%s/%s", folder.p, files[i].name);
		err = path.err;
		if (err == 0)
			err = read_entry(path.p, &files[i], &(*list)[*n]);
		*n += err == 0;
		if (err != ERR_NOMEM)
			err = 0;
	}
	mem_free(files);
	if (err == 0)
		return 0;
	session_list_free(*list, *n);
	*list = NULL;
	*n = 0;
	return err == ERR_NOMEM ? diag_fail(d, ERR_NOMEM) : err;
}
