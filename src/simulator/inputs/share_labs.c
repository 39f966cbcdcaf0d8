/* The labs there are; see inputs/share_labs.h. */
#include "inputs/share_labs.h"

#include "base/array.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/page_file.h"
#include "inputs/share.h"
#include "inputs/share_table.h"
#include "script/lua_names.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Title and summary ---- */

#define TITLE_MOST   120
#define SUMMARY_MOST 240

/* Behind `lab {` or `lab({`. */
static bool
find_lab(struct lua_scan *s)
{
	char before = 0;
	int lab = 0; /* 1: behind the word, 2: behind its bracket */

	while (lua_scan_next(s)) {
		if (lab > 0 && s->punct == '{')
			return true;
		if (lab == 1 && s->punct == '(')
			lab = 2;
		else
			lab = str_is(s->name, "lab") && before != '.' &&
			      before != ':';
		before = s->punct;
	}
	return false;
}

/* The text between the quotes or brackets of a string. */
static struct str
inside_of(struct str token)
{
	size_t n = 1;

	if (token.p[0] == '[') {
		while (token.p[n] == '=')
			n++;
		n++;
	}
	return str_slice(token, n, token.n > n ? token.n - n : n);
}

/* The string literal TOKEN, what its escapes stand for put simply. */
static bool
shared_lab_put_string(struct str token, struct buf *out)
{
	struct str raw = inside_of(token);

	for (size_t i = 0; i < raw.n && i < TITLE_MOST; i++) {
		bool escape = raw.p[i] == '\\' && i + 1 < raw.n;
		char c = escape ? raw.p[++i] : raw.p[i];

		buf_putc(out,
		    chr_is_space(c) || (escape && chr_is_alnum(c)) ? ' ' : c);
	}
	return str_trim(raw).n > 0;
}

/* The script is scanned as Lua is read (comments, strings, brackets) and not
 * run; a script that is not understood has no title. */
bool
share_title(struct str script, struct buf *title)
{
	struct lua_scan s = { .text = script }, value;
	size_t depth = 1;

	if (!find_lab(&s))
		return false;
	while (depth > 0 && lua_scan_next(&s)) {
		depth += s.punct == '{' || s.punct == '(';
		depth -= s.punct == '}' || s.punct == ')';
		value = s;
		if (depth == 1 && str_is(s.name, "title") &&
		    lua_scan_next(&value) && value.punct == '=' &&
		    lua_scan_next(&value) && value.punct != '=')
			return value.punct == '"' &&
			       shared_lab_put_string(value.token, title);
	}
	return false;
}

/* The end of the sentence that C of TEXT may end. */
static bool
ends_sentence(struct str text, size_t at)
{
	return (text.p[at] == '.' || text.p[at] == ':') &&
	       (at + 1 >= text.n || chr_is_space(text.p[at + 1]));
}

bool
share_summary(struct str handout, struct buf *text)
{
	size_t from = text->n;
	struct str line = STR_NULL, rest = handout;

	/* Over the title and empty lines. */
	while (rest.n > 0 && (line.n == 0 || line.p[0] == '#'))
		line = str_trim(str_cut(rest, '\n', &rest));
	if (line.n == 0 || line.p[0] == '#')
		return false;
	rest = str_slice(handout, (size_t)(line.p - handout.p), handout.n);
	for (size_t i = 0; i < rest.n && text->n - from < SUMMARY_MOST; i++) {
		bool space = chr_is_space(rest.p[i]);

		/* An empty line ends the paragraph. */
		if (ends_sentence(rest, i) ||
		    (rest.p[i] == '\n' && i + 1 < rest.n &&
			rest.p[i + 1] == '\n'))
			break;
		if (space && text->n > from && text->p[text->n - 1] == ' ')
			continue;
		if (rest.p[i] != '*' && rest.p[i] != '`')
			buf_putc(text, space ? ' ' : rest.p[i]);
	}
	while (text->n > from && text->p[text->n - 1] == ' ')
		buf_truncate(text, text->n - 1);
	return text->n > from;
}

/* More labs are not listed, more names in a folder not looked at, and of a
 * longer file nothing is read. */
#define LABS_MOST  1000
#define NAMES_MOST 10000
#define BYTES_MOST ((size_t)256 << 10)

static const struct row {
	const char *name; /* NULL: a group begins */
	const char *title, *text;
} rows[] = {
#define GROUP(title)           { NULL, title, NULL },
#define LAB(name, title, text) { name, title, text },
	SHARE_TABLE(GROUP, LAB)
#undef GROUP
#undef LAB
};

/* Its row, or the last, which is the group of all others. */
static unsigned
shared_lab_row_of(const char *name)
{
	for (unsigned i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].name != NULL && rows[i].name[0] == name[0] &&
		    strcmp(rows[i].name, name) == 0)
			return i;
	return COUNT_OF(rows) - 1;
}

static const char *
shared_lab_group_of(unsigned row)
{
	const char *group = "";

	for (unsigned i = 0; i < COUNT_OF(rows) && i <= row; i++)
		if (rows[i].name == NULL)
			group = rows[i].title;
	return group;
}

/* A file that ends: no pipe, no device. */
static int
shared_lab_read_plain(struct buf *out, const char *folder, const char *name)
{
	LOCAL_BUF path = BUF_INIT;
	struct stat st;
	int err;

	buf_clear(out);
	buf_printf(&path, "%s/%s", folder, name);
	err = path.err;
	if (err == 0 &&
	    (stat(buf_cstr(&path), &st) != 0 || !S_ISREG(st.st_mode)))
		err = ERR_NOTFOUND;
	if (err == 0)
		err = buf_read_file(out, buf_cstr(&path), BYTES_MOST);
	return err;
}

static void
free_lab(struct share_lab *lab)
{
	mem_free(lab->path);
	mem_free(lab->name);
	mem_free(lab->title);
	mem_free(lab->text);
}

/* The lab's handout: README.zh.md where Chinese is the language and there is
 * one, else README.md. */
static int
read_handout(struct buf *page, const char *path)
{
	LOCAL_BUF name = BUF_INIT;
	int err;

	page_file_name(PAGE_HANDOUT, i18n_language(), &name);
	err = name.err != 0
		  ? ERR_NOMEM
		  : shared_lab_read_plain(page, path, buf_cstr(&name));
	return err == 0 || err == ERR_NOMEM
		   ? err
		   : shared_lab_read_plain(page, path, PAGE_HANDOUT ".md");
}

/* Title and sentence: the table's of a lab of rung's that is still called as
 * it was, else what the lab says itself. */
static int
describe_lab(struct share_lab *lab, struct str script)
{
	const struct row *row = &rows[lab->order];
	LOCAL_BUF title = BUF_INIT, text = BUF_INIT, page = BUF_INIT;
	int err = 0;

	if (!share_title(script, &title))
		buf_puts(&title, lab->name);
	if (row->name != NULL && str_is(buf_view(&title), row->title))
		buf_puts(&text, row->text);
	else if ((err = read_handout(&page, lab->path)) == 0)
		share_summary(buf_view(&page), &text);
	if (err != ERR_NOMEM) {
		lab->title = mem_strdup(buf_cstr(&title));
		lab->text = mem_strdup(buf_cstr(&text));
		err = title.err != 0 || text.err != 0 || lab->title == NULL ||
			      lab->text == NULL
			  ? ERR_NOMEM
			  : 0;
	}
	return err;
}

static bool
shared_lab_is_known(const struct share_labs *labs, const char *name)
{
	for (size_t i = 0; i < labs->n; i++)
		if (labs->list[i].name[0] == name[0] &&
		    strcmp(labs->list[i].name, name) == 0)
			return true;
	return false;
}

/* FOLDER/NAME, if that is a lab.  0 or ERR_NOMEM. */
static int
add_lab(struct share_labs *labs, struct str folder, const char *name)
{
	struct share_lab lab = { 0 };
	LOCAL_BUF path = BUF_INIT, script = BUF_INIT;
	int err;

	buf_str(&path, folder);
	buf_puts(&path, name);
	err = path.err != 0
		  ? path.err
		  : shared_lab_read_plain(&script, buf_cstr(&path), "lab.lua");
	if (err == 0) {
		lab.order = shared_lab_row_of(name);
		lab.group = shared_lab_group_of(lab.order);
		lab.path = buf_take(&path);
		lab.name = mem_strdup(name);
		err = lab.path == NULL || lab.name == NULL
			  ? ERR_NOMEM
			  : describe_lab(&lab, buf_view(&script));
	}
	if (err == 0)
		err = ARRAY_RESIZE(&labs->list, labs->n + 1);
	if (err == 0)
		labs->list[labs->n++] = lab;
	else
		free_lab(&lab);
	/* What can't be read is not a lab. */
	return err == ERR_NOMEM ? err : 0;
}

static int
add_folder(struct share_labs *labs, struct str folder, const char *path)
{
	DIR *dir = opendir(path);
	int err = 0;

	if (dir == NULL)
		return 0;
	for (size_t i = 0; err == 0 && i < NAMES_MOST; i++) {
		const struct dirent *e = readdir(dir);

		if (e == NULL || labs->n == LABS_MOST)
			break;
		if (e->d_name[0] != '.' &&
		    !shared_lab_is_known(labs, e->d_name))
			err = add_lab(labs, folder, e->d_name);
	}
	closedir(dir);
	return err;
}

static int
compare_labs(const void *a, const void *b)
{
	const struct share_lab *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return strcmp(x->name, y->name);
}

int
share_labs_read(struct share_labs *labs)
{
	LOCAL_BUF path = BUF_INIT;
	int err = 0, place = 0;

	*labs = SHARE_LABS_INIT;
	for (unsigned i = 0; err == 0 && place != ERR_RANGE; i++) {
		place = share_place(&path, i);
		if (place != 0)
			continue;
		buf_puts(&path, "labs/");
		err = path.err;
		if (err == 0)
			err =
			    add_folder(labs, buf_view(&path), buf_cstr(&path));
	}
	/* A folder has no order of its own. */
	if (labs->n > 0)
		qsort(labs->list, labs->n, sizeof(*labs->list), compare_labs);
	return err;
}

int
share_labs_add(struct share_labs *labs, const char *path)
{
	struct str name = folder_name(path);
	LOCAL_BUF above = BUF_INIT, last = BUF_INIT;
	size_t before = labs->n;
	int err;

	buf_str(&above, (struct str){ path, (size_t)(name.p - path) });
	buf_str(&last, name);
	err = above.err != 0 || last.err != 0 ? ERR_NOMEM : 0;
	if (err == 0)
		err = add_lab(labs, buf_view(&above), buf_cstr(&last));
	if (err == 0 && labs->n == before) {
		buf_printf(&above, "%.*s/labs/", STR_ARG(name));
		err = above.err != 0 ? above.err
				     : add_folder(labs, buf_view(&above),
					   buf_cstr(&above));
	}
	if (labs->n > before)
		qsort(labs->list + before, labs->n - before,
		    sizeof(*labs->list), compare_labs);
	return err != 0 || labs->n > before ? err : ERR_NOTFOUND;
}

void
share_labs_free(struct share_labs *labs)
{
	for (size_t i = 0; i < labs->n; i++)
		free_lab(&labs->list[i]);
	mem_free(labs->list);
	*labs = SHARE_LABS_INIT;
}
