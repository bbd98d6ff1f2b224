"""Plain Django forms come out in GOV.UK's markup, with hint, error and control tied together."""

from __future__ import annotations

from django import forms
from django.test import Client
from django.utils.translation import get_language

from accounts.models import User
from council_social.forms import GovukBoundField, GovukRenderer


class Everything(forms.Form):
    text = forms.CharField(
        label="Post text",
        help_text="Write once.",
        widget=forms.Textarea(attrs={"rows": 5, "aria-describedby": "count"}),
        error_messages={"required": "Enter the text of the post"},
    )
    accounts = forms.MultipleChoiceField(
        label="Accounts",
        choices=[("1", "Libraries on X\n@libs"), ("2", "Council on Facebook")],
        widget=forms.CheckboxSelectMultiple,
    )
    decision = forms.ChoiceField(
        label="Decision", choices=[("a", "Approve"), ("b", "Return")], widget=forms.RadioSelect
    )
    at = forms.SplitDateTimeField(label="When", required=False)
    review = forms.DateField(label="Review date", required=False)
    sure = forms.BooleanField(label="I have checked the link")
    file = forms.FileField(label="Picture", required=False)
    area = forms.ChoiceField(label="Service area", choices=[("1", "Libraries")])
    revision = forms.IntegerField(widget=forms.HiddenInput)


def group(name: str, form: forms.Form | None = None) -> str:
    return str((form or Everything())[name].as_field_group())


def test_forms_use_our_renderer_without_being_told() -> None:
    form = Everything()

    assert isinstance(form.renderer, GovukRenderer)
    assert isinstance(form["text"], GovukBoundField)


def test_a_label_belongs_to_its_control() -> None:
    html = group("text")

    assert '<label class="govuk-label govuk-label--s" for="id_text">Post text</label>' in html
    assert 'class="govuk-textarea"' in html
    assert 'id="id_text"' in html


def test_a_control_is_described_by_hint_then_error_then_what_it_names_itself() -> None:
    html = group("text", Everything({}))

    assert 'aria-describedby="id_text_helptext id_text_error count"' in html
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html


def test_an_error_is_marked_beside_and_on_the_control() -> None:
    html = group("text", Everything({}))

    assert "govuk-form-group--error" in html
    assert "govuk-textarea--error" in html
    assert 'aria-invalid="true"' in html
    assert "Enter the text of the post" in html
    assert '<span class="govuk-visually-hidden">Error:</span>' in html


def test_what_may_be_left_out_says_so() -> None:
    assert "(optional)" in group("review")
    assert "(optional)" not in group("text")


def test_the_browser_asks_for_nothing_itself() -> None:
    assert " required" not in str(Everything())


def test_several_choices_are_one_question_in_a_fieldset() -> None:
    html = group("accounts")

    assert "<fieldset" in html
    assert "govuk-fieldset__legend--s" in html
    assert html.count('class="govuk-checkboxes__input"') == 2
    assert 'data-module="govuk-checkboxes"' in html


def test_a_choice_goes_on_after_a_line_break_with_its_hint() -> None:
    html = group("accounts")

    assert ">Libraries on X</label>" in html
    assert '<div class="govuk-hint govuk-checkboxes__hint">@libs</div>' in html


def test_radios_are_radios() -> None:
    html = group("decision", Everything({"decision": "b"}))

    assert html.count('class="govuk-radios__input"') == 2
    assert html.count(" checked") == 1


def test_a_moment_has_a_date_with_a_picker_and_a_time_each_with_its_label() -> None:
    html = group("at")

    assert 'for="id_at_0">Date<' in html
    assert 'for="id_at_1">Time<' in html
    assert 'data-module="moj-date-picker"' in html


def test_what_was_typed_as_a_moment_comes_back_as_typed() -> None:
    html = group("at", Everything({"at_0": "31/2/2027", "at_1": "half nine"}))

    assert 'value="31/2/2027"' in html
    assert 'value="half nine"' in html
    assert "govuk-input--error" in html


def test_times_are_read_as_people_write_them() -> None:
    field = forms.TimeField()

    assert {str(field.clean(text)) for text in ("9am", "9:00am", "09:00", "9.00", "9:00 AM")} == {
        "09:00:00"
    }
    assert str(field.clean("3:02pm")) == "15:02:00"


def test_dates_are_read_day_first() -> None:
    assert str(forms.DateField().clean("3/5/2027")) == "2027-05-03"


def test_the_browsers_language_does_not_turn_day_and_month_round(client: Client, db: None) -> None:
    answer = client.get("/help/", headers={"Accept-Language": "en-US"})

    assert "Accept-Language" not in answer.get("Vary", "")
    assert get_language() == "en-gb"


def test_a_single_tick_has_its_label_after_it_and_no_optional() -> None:
    html = group("sure")

    assert html.index("<input") < html.index("<label")
    assert "(optional)" not in html


def test_files_and_lists_have_their_own_looks() -> None:
    assert 'class="govuk-file-upload"' in group("file")
    assert 'class="govuk-select"' in group("area")


def test_hidden_fields_are_in_the_form_without_a_look() -> None:
    html = str(Everything(initial={"revision": 7}))

    assert '<input type="hidden" name="revision" value="7" id="id_revision">' in html


def test_the_whole_form_is_its_fields_in_order() -> None:
    html = str(Everything())

    assert html.index("id_text") < html.index("id_accounts") < html.index("id_decision")


def test_radios_that_begin_with_an_answer_are_not_called_optional() -> None:
    choices = [("all", "Everything"), ("one", "One account")]
    field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=False)
    begun, left = forms.Form(initial={"begun": "all"}), "(optional)"
    begun.fields["begun"], begun.fields["open"] = field, field

    assert left not in group("begun", begun)
    assert left in group("open", begun)


def test_a_list_in_which_nothing_is_chosen_says_so_in_a_word() -> None:
    form = forms.Form()
    for name, required in (("must", True), ("may", False)):
        form.fields[name] = forms.ModelChoiceField(User.objects.none(), required=required)

    assert ">Choose<" in group("must", form)
    assert ">None<" in group("may", form)
