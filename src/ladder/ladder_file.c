/* The formats of a ladder; see ladder/ladder_file.h. */
#include "ladder/ladder_file.h"

#include "base/err.h"
#include "base/i18n.h"
#include "ladder/ladder_dot.h"
#include "ladder/ladder_json.h"
#include "ladder/ladder_text.h"
#include "draw/render.h"

#include <string.h>

/* What one of them is made from. */
struct job {
	const char *format;
	const struct trace *t;
	const struct layout *l;
	const struct ladder_file_options *o;
	struct diag *d;
};

static int
write_txt(const struct job *j, struct buf *out)
{
	return ladder_text_write(j->l,
	    &(struct ladder_text_options){
		.width = j->o->width, .ascii = j->o->ascii, .title = true },
	    out);
}

static int
write_json(const struct job *j, struct buf *out)
{
	return ladder_json_write(j->l, out);
}

static int
write_gv(const struct job *j, struct buf *out)
{
	struct buf footer = BUF_INIT;
	struct ladder_dot_options o = { .title = j->o->title };
	int err;

	buf_printf(&footer, _("rung · seed %lld · trace %016llx"),
	    (long long)trace_head(j->t)->seed,
	    (unsigned long long)trace_hash(j->t));
	o.footer = buf_cstr(&footer);
	err = ladder_dot_write(j->l, &o, out);
	buf_free(&footer);
	return err;
}

static int
write_picture(const struct job *j, struct buf *out)
{
	struct buf dot = BUF_INIT;
	int err = write_gv(j, &dot);

	if (err == 0)
		err = render_write(buf_view(&dot),
		    render_format_find(str_of(j->format)), out, j->d);
	buf_free(&dot);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(const struct job *j, struct buf *out);
} formats[] = {
	{ "txt", write_txt },
	{ "gv", write_gv },
	{ "svg", write_picture },
	{ "png", write_picture },
	{ "pdf", write_picture },
	{ "json", write_json },
};

#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

const char *
ladder_file_format(size_t i)
{
	return i < NFORMATS ? formats[i].name : NULL;
}

const char *
ladder_file_format_of(const char *file)
{
	const char *dot = strrchr(file, '.');

	for (size_t i = 0; dot != NULL && i < NFORMATS; i++)
		if (strcmp(formats[i].name, dot + 1) == 0)
			return formats[i].name;
	return NULL;
}

int
ladder_file_write(const char *format, const struct trace *t,
    const struct layout *l, const struct ladder_file_options *o,
    struct buf *out, struct diag *d)
{
	const struct job j = { format, t, l, o, d };
	int err;

	for (size_t i = 0; i < NFORMATS; i++) {
		if (strcmp(formats[i].name, format) != 0)
			continue;
		err = formats[i].fn(&j, out);
		return err == 0
			   ? 0
			   : diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format \"%s\"; there are txt, gv, svg, png, pdf "
	      "and json"),
	    format);
}
