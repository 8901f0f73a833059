"""The list of templates for reasons, and keeping it."""

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import versions, web
from inforo.authz import GUEST, actor, require, staff
from inforo.db import session
from inforo.forms import ReasonForm, options
from inforo.i18n import _
from inforo.reasons import actions, policy, queries
from inforo.reasons.forms import TemplateForm

bp = Blueprint("reasons", __name__)
EVERYBODY = "0"


def init_app(app: Flask) -> None:
    """Let forms that ask for a reason offer templates."""
    app.jinja_env.globals["reason_templates"] = lambda: queries.templates_of(
        g.get("actor", GUEST)
    )


def has_reason(form: ReasonForm) -> bool:
    """Tell whether the form was sent with its reason, not only a template put into it."""
    return not actions.insert_into(actor(), form, request.form) and form.validate_on_submit()


@bp.get("/arbeitskorb/textbausteine/")
@staff
def index() -> ResponseReturnValue:
    return render_template("reasons/index.html", templates=queries.templates_of(actor()))


@bp.route("/arbeitskorb/textbausteine/neu", methods=["GET", "POST"])
@staff
def new() -> ResponseReturnValue:
    form = TemplateForm()
    offices = [(str(office.id), office.name) for office in queries.offices_of(actor())]
    if policy.may_keep_for(actor(), None):
        offices.append((EVERYBODY, _("alle, die moderieren")))
    form.office.choices = options(offices)
    if not form.validate_on_submit():
        page = render_template("reasons/edit.html", form=form, template=None)
        return page, 422 if form.errors else 200
    office_id = int(form.office.data) or None
    actions.add_template(actor(), office_id, form.title.data, form.text.data)
    flash(_("Der Textbaustein ist gespeichert."), "success")
    return web.created(url_for(".index"))


@bp.route("/arbeitskorb/textbausteine/<int:template_id>", methods=["GET", "POST"])
@staff
def edit(template_id: int) -> ResponseReturnValue:
    template = queries.get_template(actor(), template_id)
    form = TemplateForm(obj=None if request.method == "POST" else template)
    del form.office
    status = 200
    if form.validate_on_submit():
        try:
            versions.check(template, form.version.data)
            actions.edit_template(actor(), template, form.title.data, form.text.data)
            session.commit()
            flash(_("Der Textbaustein ist gespeichert."), "success")
            return redirect(url_for(".index"), 303)
        except versions.Conflict:
            form.version.data, status = str(template.version), 409
    page = render_template(
        "reasons/edit.html", form=form, template=template, is_conflict=status == 409
    )
    return page, 422 if form.errors else status


@bp.post("/arbeitskorb/textbausteine/<int:template_id>/loeschen")
@staff
def delete(template_id: int) -> ResponseReturnValue:
    template = queries.get_template(actor(), template_id)
    require(policy.may_keep, template)
    actions.delete_template(actor(), template)
    session.commit()
    flash(_("Der Textbaustein ist gelöscht."), "success")
    return redirect(url_for(".index"), 303)
