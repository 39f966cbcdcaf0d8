/* The list of kept sessions. */
#include "session/session_priv.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* ---- what any reader of such a file needs ---- */

int
kept_string(struct json_value object, const char *key, struct buf *b)
{
	int err = json_text(json_member(object, key), b);

	if (err == 0 && b->n > 0 && memchr(b->p, '\0', b->n) != NULL)
		err = ERR_SYNTAX;
	return err;
}

int
kept_read(struct str text, struct json_value *v)
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

void
session_list_free(struct session_entry *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		mem_free(list[i].name);
		mem_free(list[i].title);
		mem_free(list[i].file);
		mem_free(list[i].state);
	}
	mem_free(list);
}

/* What the list tells of a file; 0, ERR_NOMEM, or another error where it is no
 * session. */
static int
read_entry(
    const char *path, const struct folder_file *f, struct session_entry *e)
{
	struct buf text = BUF_INIT, title = BUF_INIT, file = BUF_INIT;
	struct json_value v;
	struct str state;
	int err = folder_read(path, &text, NULL);

	memset(e, 0, sizeof(*e));
	if (err == 0)
		err = kept_read(buf_view(&text), &v);
	if (err == 0)
		err = kept_string(v, "title", &title);
	if (err == 0)
		err = kept_string(v, "file", &file);
	if (err == 0) {
		e->name = mem_dup(f->name, strlen(f->name) - strlen(".json"));
		e->title = mem_strdup(buf_cstr(&title));
		e->file = mem_strdup(buf_cstr(&file));
		e->when = f->when;
		e->branches = json_count(json_member(v, "branches"));
		if (json_int(json_member(json_member(v, "state"), "position"),
			&e->position) != 0)
			e->position = 0;
		state = json_member(v, "state").raw;
		e->state = mem_dup(state.n > 0 ? state.p : "", state.n);
		if (e->name == NULL || e->title == NULL || e->file == NULL ||
		    e->state == NULL) {
			mem_free(e->state);
			mem_free(e->name);
			mem_free(e->title);
			mem_free(e->file);
			err = ERR_NOMEM;
		}
	}
	buf_free(&text);
	buf_free(&title);
	buf_free(&file);
	return err;
}

int
session_list(struct session_entry **list, size_t *n, struct diag *d)
{
	struct buf folder = BUF_INIT, path = BUF_INIT;
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
	buf_free(&folder);
	buf_free(&path);
	if (err == 0)
		return 0;
	session_list_free(*list, *n);
	*list = NULL;
	*n = 0;
	return err == ERR_NOMEM ? session_no_memory(d) : err;
}
