/* A class as a table: each cell that holds a link is a submission. */
#include "text/charset.h"
#include "text/csv.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "grade/class.h"
#include "trace/link.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define TABLE_SIZE_MAX (64u << 20)
#define LINKS_MAX      10000
/* Bytes of a row's other fields in the name of its file. */
#define NAME_MOST 120

/* "0005-3 2023001 张三.link": line, column, and what else stands in the row, by
 * which it is known whose it is (class_find_whose). */
static void
put_name(const struct csv_rows *c, size_t link, struct buf *path)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, "%04u-%zu", c->line, link + 1);
	for (size_t i = 0; i < c->n; i++) {
		struct str s = str_trim(buf_view(&c->fields[i]));

		if (i == link || s.n == 0 || name.n + s.n > NAME_MOST ||
		    link_is(s))
			continue;
		buf_putc(&name, ' ');
		utf8_add_safe(&name, s);
	}
	for (size_t i = 0; i < name.n; i++)
		buf_putc(path, name.p[i] == '/' ? '_' : name.p[i]);
	buf_puts(path, ".link");
	buf_end(&name, &path->err);
}

static int
keep_link(
    const struct csv_rows *c, size_t link, const char *folder, struct diag *d)
{
	struct buf path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/", folder);
	put_name(c, link, &path);
	err = path.err != 0 ? path.err
			    : buf_write_file(&c->fields[link], buf_cstr(&path));
	if (err == ERR_IO)
		diag_set(d, err, buf_cstr(&path), 0, "%s", err_system(errno));
	buf_free(&path);
	return err;
}

static int
keep_links(
    struct csv_rows *c, const char *table, const char *folder, struct diag *d)
{
	size_t n = 0;
	int err = 0;

	while (err == 0 && csv_read_row(c, &err))
		for (size_t i = 0; err == 0 && i < c->n; i++) {
			if (!link_is(buf_view(&c->fields[i])))
				continue;
			err = n++ < LINKS_MAX
				  ? keep_link(c, i, folder, d)
				  : diag_set(d, ERR_LIMIT, table, c->line,
					_("a class has at most %d links"),
					LINKS_MAX);
		}
	if (err == 0 && n == 0)
		err = diag_set(d, ERR_NOTFOUND, table, 0,
		    _("is neither a folder nor a zip file, and no cell of a "
		      "table in it is a link"));
	return err;
}

int
class_take_table(const char *table, const char *folder, struct diag *d)
{
	struct buf text = BUF_INIT, plain = BUF_INIT;
	struct csv_rows *c = mem_zalloc(1, sizeof(*c));
	int err = c != NULL ? diag_read_file(&text, table, TABLE_SIZE_MAX, d)
			    : ERR_NOMEM;

	if (err == 0)
		err = charset_read_file(buf_view(&text), table, &plain, d);
	if (err == 0 && mkdir(folder, 0700) != 0)
		err = diag_set(d, ERR_IO, folder, 0, "%s", err_system(errno));
	if (err == 0) {
		csv_begin(c, buf_view(&plain));
		err = keep_links(c, table, folder, d);
	}
	if (c != NULL)
		csv_end(c);
	mem_free(c);
	buf_free(&text);
	buf_free(&plain);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
