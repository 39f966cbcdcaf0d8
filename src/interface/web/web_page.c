/* The page: its parts in their places; see web/web.h. */
#include "web/web.h"

#include "base/err.h"
#include "base/gzip.h"
#include "jobs/program.h"
#include "base/folder.h"
#include "inputs/share.h"
#include "text/json.h"

/* Of the engine's files; the compiler makes some megabytes. */
#define ENGINE_BYTES_MOST ((size_t)64 << 20)

void
web_put_page(const struct web_page *page, struct buf *out)
{
	const struct {
		const char *mark;
		struct str part;
	} places[] = {
		{ "@policy@", page->policy },
		{ "@style@", page->style },
		{ "@worker@", page->worker },
		{ "@script@", page->script },
		{ "@engine@", page->engine },
	};
	struct str rest = web_template();

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		ptrdiff_t at = str_find(rest, places[i].mark);
		size_t n = at < 0 ? rest.n : (size_t)at;

		buf_str(out, (struct str){ rest.p, n });
		buf_str(out, places[i].part);
		if (at >= 0)
			n += str_of(places[i].mark).n;
		rest = (struct str){ rest.p + n, rest.n - n };
	}
	buf_str(out, rest);
}

/* ---- the page that needs no server ---- */

static void
put_packed(struct buf *out, const char *id, struct str packed)
{
	buf_printf(out, "<script type=\"text/plain\" id=\"%s\">", id);
	json_put_base64(out, packed);
	buf_puts(out, "</script>\n");
}

static int
read_engine(
    const char *folder, const char *file, struct buf *bytes, struct diag *d)
{
	LOCAL_BUF name = BUF_INIT, path = BUF_INIT;
	int err;

	buf_printf(&name, "%s/%s", folder != NULL ? folder : "page", file);
	err = name.err;
	if (err == 0 && folder == NULL)
		err = share_find(buf_cstr(&name), &path);
	if (err == 0)
		err = buf_read_file(bytes,
		    buf_cstr(folder != NULL ? &name : &path),
		    ENGINE_BYTES_MOST);
	if (err != 0)
		diag_set(d, err == ERR_NOMEM ? err : ERR_NOTFOUND, NULL, 0,
		    _("there is no %s; make page builds the engine for a "
		      "browser"),
		    buf_cstr(&name));
	return err == 0 || err == ERR_NOMEM ? err : ERR_NOTFOUND;
}

int
web_find_engine(const char *folder, struct diag *d)
{
	LOCAL_BUF bytes = BUF_INIT;

	return read_engine(folder, "engine.lzma", &bytes, d);
}

/* Runs ARGV, a program of PACKAGE that is there, on TEXT; what it writes goes
 * into OUT. */
static int
pack_by(const char *const *argv, const char *package, struct str text,
    struct buf *out, struct diag *d)
{
	struct program p = { .argv = argv,
		.package = package,
		.in = text,
		.bounds = { .said = text.n + 4096 },
		.activity = _("packing") };
	LOCAL_BUF complaints = BUF_INIT;

	return program_run(&p, out, &complaints, d);
}

/* By xz, where that is, a quarter smaller than by gzip; a page reads both. */
static int
pack(struct str text, struct buf *out, struct diag *d)
{
	static const char *const xz[] = { "xz", "--format=lzma",
		"--lzma1=preset=9e,pb=0,lc=4", NULL };

	return program_is_there(xz[0]) ? pack_by(xz, "xz-utils", text, out, d)
				       : gzip_put(text, true, out);
}

/*
 * By PPMd, where 7zz is, text becomes another quarter smaller, and takes six
 * times as long to be unpacked.  The bytes are a 7z archive with one file, and
 * its length as four bytes, the lowest first.  Its header is not packed: it
 * tells assets/page/unpack.c order and memory.
 */
static int
pack_text(struct str text, struct buf *out, struct diag *d)
{
	struct temp_folder t = TEMP_FOLDER_INIT;
	LOCAL_BUF path = BUF_INIT, said = BUF_INIT;
	int err = 0;

	if (text.n == 0 || !program_is_there("7zz"))
		return pack(text, out, d);
	err = temp_folder_make(&t, "rung-page", d);
	buf_printf(&path, "%s/text.7z", buf_cstr(&t.path));
	if (err == 0)
		err = path.err;
	if (err == 0)
		err =
		    pack_by((const char *const[]){ "7zz", "a", "-mmt=1",
				"-mhc=off", "-mtm=off", "-m0=PPMd:o=12:mem=64m",
				"-sitext", buf_cstr(&path), NULL },
			"7zip", text, &said, d);
	if (err == 0)
		err = buf_read_file(out, buf_cstr(&path), text.n + 4096);
	for (unsigned i = 0; i < 32; i += 8)
		buf_putc(out, (char)(text.n >> i & 0xFF));
	temp_folder_remove(&t);
	return err;
}

/* What runs the engine. */
static int
put_worker(const char *folder, struct buf *out, struct diag *d)
{
	struct buf bytes = BUF_INIT;
	int err = read_engine(folder, "worker.js", &bytes, d);

	if (err == 0) {
		buf_puts(out, "<script type=\"text/plain\" id=\"a-worker\">");
		buf_str(out, buf_view(&bytes));
		buf_puts(out, "</script>\n");
	}
	buf_end(&bytes, &err);
	return err != 0 ? err : out->err;
}

/* The engine and the labs, as elements: behind the script, which begins with
 * the one while the other still comes. */
static int
put_engine(const char *folder, struct str library, struct str prose,
    struct buf *out, struct diag *d)
{
	struct buf bytes = BUF_INIT;
	int err = read_engine(folder, "engine.lzma", &bytes, d);

	if (err == 0) {
		put_packed(out, "a-engine", buf_view(&bytes));
		buf_clear(&bytes);
		err = pack_text(library, &bytes, d);
	}
	if (err == 0) {
		put_packed(out, "a-texts", buf_view(&bytes));
		buf_clear(&bytes);
		err = pack_text(prose, &bytes, d);
	}
	if (err == 0)
		put_packed(out, "a-prose", buf_view(&bytes));
	buf_end(&bytes, &err);
	return err != 0 ? err : out->err;
}

int
web_put_file(const char *folder, struct str library, struct str prose,
    struct buf *out, struct diag *d)
{
	struct buf policy = BUF_INIT, style = BUF_INIT, script = BUF_INIT,
		   worker = BUF_INIT, engine = BUF_INIT;
	int err = put_worker(folder, &worker, d);

	if (err == 0)
		err = put_engine(folder, library, prose, &engine, d);
	buf_printf(&policy,
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; script-src '%s' 'wasm-unsafe-eval' blob:; "
	    "worker-src blob:; img-src data: blob:; media-src data: blob:; "
	    "style-src '%s'; base-uri 'none'; form-action 'none'\">\n",
	    web_script_hash, web_style_hash);
	buf_printf(&style, "<style>%.*s</style>\n", STR_ARG(web_style()));
	buf_printf(&script, "<script>%.*s</script>\n", STR_ARG(web_script()));
	web_put_page(&(struct web_page){ .policy = buf_view(&policy),
			 .style = buf_view(&style),
			 .worker = buf_view(&worker),
			 .engine = buf_view(&engine),
			 .script = buf_view(&script) },
	    out);
	buf_end(&policy, &err);
	buf_end(&style, &err);
	buf_end(&script, &err);
	buf_end(&worker, &err);
	buf_end(&engine, &err);
	return err != 0 ? diag_fail(d, err) : out->err;
}
