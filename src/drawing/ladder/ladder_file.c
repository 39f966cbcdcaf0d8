/* The formats of a ladder; see ladder/ladder_file.h. */
#include "ladder/ladder_file.h"

#include "base/err.h"
#include "base/param.h"
#include "base/file_ending.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "draw/raster.h"
#include "ladder/ladder_dialect_in.h"
#include "ladder/ladder_file_in.h"
#include "ladder/ladder_json.h"
#include "ladder/ladder_md.h"
#include "ladder/ladder_messages.h"
#include "ladder/ladder_text.h"
#include "words/trace_words.h"

#include <string.h>

static int
write_txt(const struct ladder_job *j, struct buf *out)
{
	struct ladder_marks *marks;
	int err = ladder_job_marks(j, &marks);

	if (err == 0)
		err = ladder_text_write(j->l,
		    &(struct ladder_text_options){ .width = j->o->width,
			.ascii = j->o->ascii,
			.title = true,
			.marks = marks },
		    out);
	ladder_marks_destroy(marks);
	if (err == 0 && j->o->messages)
		err = ladder_messages_write(j->t, j->l,
		    &(struct ladder_messages_options){ .ascii = j->o->ascii },
		    out);
	return err;
}

static int
write_md(const struct ladder_job *j, struct buf *out)
{
	struct ladder_marks *marks;
	int err = ladder_job_marks(j, &marks);

	if (err == 0)
		err = ladder_md_write(j->t, j->l,
		    &(struct ladder_md_options){ .title = j->o->title,
			.footer = buf_cstr(&j->footer),
			.source = buf_cstr(&j->source),
			.width = j->o->width,
			.ascii = j->o->ascii,
			.messages = j->o->messages,
			.marks = marks },
		    out);
	ladder_marks_destroy(marks);
	return err;
}

static int
write_dialect(const struct ladder_job *j, struct buf *out)
{
	return ladder_dialect_write(
	    strcmp(j->format, "mmd") == 0 ? &ladder_mermaid : &ladder_plantuml,
	    j->l,
	    &(struct ladder_dialect_options){ .title = j->o->title,
		.footer = buf_cstr(&j->footer),
		.source = buf_cstr(&j->source) },
	    out);
}

static int
write_json(const struct ladder_job *j, struct buf *out)
{
	return ladder_json_write(j->l, out);
}

static int
write_gv(const struct ladder_job *j, struct buf *out)
{
	struct ladder_figure_options o;
	struct ladder_marks *marks;
	int err = ladder_job_marks(j, &marks);

	o = ladder_job_figure(j, marks);
	if (err == 0)
		err = ladder_figure_write(j->l, &o, &figure_dot, out);
	ladder_marks_destroy(marks);
	return err;
}

static int
put_one(const struct ladder_pages *p, const struct ladder_job *j,
    const struct raster_info *info, struct buf *out)
{
	if (p->n > 1)
		return diag_set(j->d, ERR_UNSUPPORTED, NULL, 0,
		    _("the ladder has %zu pages: take one with --page, or a "
		      "pdf"),
		    p->n);
	if (str_eq(str_of(j->format), STR("svg")))
		return buf_move(out, &p->list[0]);
	return raster_png(buf_view(&p->list[0]),
	    j->o->dpi > 0 ? j->o->dpi : 150, info, out, j->d);
}

static int
put_pdf(const struct ladder_pages *p, const struct ladder_job *j,
    const struct raster_info *info, struct buf *out)
{
	struct str *views = mem_zalloc(p->n, sizeof(*views));
	int err;

	if (views == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n; i++)
		views[i] = buf_view(&p->list[i]);
	err = raster_pdf(views, p->n, info, out, j->d);
	mem_free(views);
	return err;
}

/* svg, png, pdf: one picture in different clothes. */
static int
write_picture(const struct ladder_job *j, struct buf *out)
{
	const struct raster_info info = { j->l->title, buf_view(&j->source) };
	struct ladder_pages p;
	int err = ladder_job_draw(j, &p);

	if (err == 0)
		err = strcmp(j->format, "pdf") == 0
			  ? put_pdf(&p, j, &info, out)
			  : put_one(&p, j, &info, out);
	ladder_pages_free(&p);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(const struct ladder_job *j, struct buf *out);
	bool origin; /* it says where it comes from */
} formats[] = {
	{ "txt", write_txt, false },
	{ "md", write_md, true },
	{ "mmd", write_dialect, true },
	{ "puml", write_dialect, true },
	{ "gv", write_gv, true },
	{ "svg", write_picture, true },
	{ "png", write_picture, true },
	{ "pdf", write_picture, true },
	{ "json", write_json, false },
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
	struct str ending = file_ending(str_of(file));

	for (size_t i = 0; i < NFORMATS; i++)
		if (str_is(ending, formats[i].name))
			return formats[i].name;
	return NULL;
}

int
ladder_file_write(const char *format, const struct trace *t,
    const struct layout *l, const struct ladder_file_options *o,
    struct buf *out, struct diag *d)
{
	struct layout titled = *l;
	struct ladder_job j = { format, t, &titled, o, d, BUF_INIT, BUF_INIT };
	int err;

	if (o->title != NULL)
		titled.title = str_of(o->title);
	for (size_t i = 0; i < NFORMATS; i++) {
		if (strcmp(formats[i].name, format) != 0)
			continue;
		if (formats[i].origin)
			origin_put_both(&j.footer, &j.source, t);
		err = formats[i].fn(&j, out);
		buf_end(&j.footer, &err);
		buf_end(&j.source, &err);
		/* Why a drain failed is known where it leads to. */
		return err == 0 || (d != NULL && d->err != 0) ||
			       (out->drain != NULL && err == out->err)
			   ? err
			   : diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format “%s”; there are txt, md, mmd, puml, gv, "
	      "svg, png, pdf and json"),
	    format);
	return diag_meant(d, ERR_NOTFOUND,
	    param_nearest(str_of(format), &formats[0].name, NFORMATS,
		sizeof(formats[0])));
}
