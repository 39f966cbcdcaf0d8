/*
 * The page as a package of SCORM 1.2 for a learning platform: a zip file with a
 * manifest (Content Aggregation Model 1.2, 2.2), in which each lab is an object
 * of its own with score, status and suspend data, and the page that all of them
 * open.  assets/page/app/scorm.js talks to the platform.
 */
#include "web/web.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/library.h"
#include "inputs/share_labs.h"
#include "text/xml.h"
#include "words/trace_words.h"

#include <zip.h>

#define PAGE_NAME "index.html"

#define SCORM_ZIP_FUNCTIONS(X)   \
	X(zipOpen64)             \
	X(zipOpenNewFileInZip64) \
	X(zipWriteInFileInZip)   \
	X(zipCloseFileInZip)     \
	X(zipClose)

static struct {
	SCORM_ZIP_FUNCTIONS(LIBRARY_POINTER)
} scorm_zip;

/* The words of a page's address that open LAB. */
static void
scorm_put_place(const char *lab, struct buf *out)
{
	buf_puts(out, "#lab=");
	for (; *lab != '\0'; lab++)
		if (chr_is_alnum(*lab) || *lab == '-' || *lab == '_')
			buf_putc(out, *lab);
		else
			buf_printf(out, "%%%02X", (unsigned char)*lab);
}

static void
scorm_put_lab(const struct share_lab *lab, size_t nth, struct buf *out)
{
	struct str title = title_translate(str_of(lab->title));
	struct buf place = BUF_INIT;

	scorm_put_place(lab->name, &place);
	buf_printf(out,
	    "<item identifier=\"lab-%zu\" identifierref=\"page\" "
	    "isvisible=\"true\" parameters=\"%s\">",
	    nth, buf_cstr(&place));
	xml_print(out, "<title>%.*s</title></item>\n", STR_ARG(title));
	buf_end(&place, &out->err);
}

static void
scorm_put_manifest(const struct share_labs *labs, struct buf *out)
{
	struct str title = labs->n == 1
			       ? title_translate(str_of(labs->list[0].title))
			       : str_of("rung");

	buf_puts(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<manifest identifier=\"rung\" version=\"1.0\" "
	    "xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" "
	    "xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n"
	    "<metadata><schema>ADL SCORM</schema>"
	    "<schemaversion>1.2</schemaversion></metadata>\n"
	    "<organizations default=\"labs\"><organization "
	    "identifier=\"labs\">\n");
	xml_print(out, "<title>%.*s</title>\n", STR_ARG(title));
	for (size_t i = 0; i < labs->n; i++)
		scorm_put_lab(&labs->list[i], i + 1, out);
	buf_puts(out,
	    "</organization></organizations>\n"
	    "<resources><resource identifier=\"page\" type=\"webcontent\" "
	    "adlcp:scormtype=\"sco\" href=\"" PAGE_NAME "\">"
	    "<file href=\"" PAGE_NAME "\"/></resource></resources>\n"
	    "</manifest>\n");
}

/* Of no time: the same page gives the same package. */
static bool
scorm_add_file(zipFile to, const char *name, struct str bytes)
{
	static const zip_fileinfo info = { .tmz_date = { .tm_mday = 1,
					       .tm_year = 1980 } };

	return scorm_zip.zipOpenNewFileInZip64(to, name, &info, NULL, 0, NULL,
		   0, NULL, 8 /* deflated */, 9, 0) == ZIP_OK &&
	       scorm_zip.zipWriteInFileInZip(to, bytes.p, (unsigned)bytes.n) ==
		   ZIP_OK &&
	       scorm_zip.zipCloseFileInZip(to) == ZIP_OK;
}

static int
scorm_zip_files(
    struct str manifest, struct str page, struct buf *out, struct diag *d)
{
	struct temp_folder t = TEMP_FOLDER_INIT;
	LOCAL_BUF path = BUF_INIT;
	zipFile to = NULL;
	bool done = false;
	int err = temp_folder_make(&t, "rung-scorm", d);

	if (err == 0) {
		buf_printf(&path, "%s/zip", buf_cstr(&t.path));
		err = path.err;
	}
	if (err == 0)
		to = scorm_zip.zipOpen64(buf_cstr(&path), APPEND_STATUS_CREATE);
	if (to != NULL) {
		done = scorm_add_file(to, "imsmanifest.xml", manifest) &&
		       scorm_add_file(to, PAGE_NAME, page);
		done &= scorm_zip.zipClose(to, NULL) == ZIP_OK;
	}
	if (err == 0 && !done)
		err = diag_set(
		    d, ERR_IO, NULL, 0, _("the zip file can't be written"));
	if (err == 0)
		err = buf_read_file(
		    out, buf_cstr(&path), manifest.n + page.n + 4096);
	temp_folder_remove(&t);
	return err;
}

int
web_put_scorm(const char *const *folders, size_t n, struct str page,
    struct buf *out, struct diag *d)
{
	struct share_labs labs = SHARE_LABS_INIT;
	struct buf manifest = BUF_INIT;
	int err =
	    LIBRARY_LOAD(RUNG_LIBMINIZIP, SCORM_ZIP_FUNCTIONS, scorm_zip, d);

	if (err == 0)
		err = web_read_labs(folders, n, &labs, d);
	if (err == 0)
		scorm_put_manifest(&labs, &manifest);
	share_labs_free(&labs);
	if (err == 0 && manifest.err == 0)
		err = scorm_zip_files(buf_view(&manifest), page, out, d);
	buf_end(&manifest, &err);
	return diag_fail(d, err);
}
