"""Texts in which Wagtail's own Dutch says *je*: our site says *u* to everybody (DESIGN, FRONTEND).

They are here to be found by makemessages: our translations go before Wagtail's. A test reads
Wagtail's catalogues, so that a newer version with more of them is noticed.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

OURS: Final = (
    _("Sorry, you do not have permission to access this area."),
    _("You do not have permission to access the admin."),
    _("Your %(username_field)s and password didn't match. Please try again."),
    _("Enter your %(username_field_name)s"),
    _("Enter your email address to reset your password"),
    _("You cannot edit another user's comment."),
    _("This page is live. Would you like to publish its copy as well?"),
    ngettext_lazy(
        "%(count)s of the pages being copied is live. Would you like to publish its copy?",
        "%(count)s of the pages being copied are live. Would you like to publish their copies?",
    ),
    _('You do not have permission to copy to page "%(page_title)s"'),
    _('You do not have permission to create a page under "%(page_title)s".'),
    _('You cannot create a page of type "%(page_type)s" under "%(page_title)s".'),
    _("You cannot assign this workflow to the same page multiple times."),
    _("Give your workflow a name"),
    _("Add tasks to your workflow"),
    _("Password change successful"),
    _("Set your new password"),
    _("Check your email"),
    _(
        "A link to reset your password has been emailed to you if an account exists for this "
        "address."
    ),
    _("Please follow the link below to reset your password:"),
    _("Your username (in case you've forgotten):"),
    _("Reset your password"),
    _(
        "Converting this to an internal link to %(page)s would make the link automatically "
        "update if the underlying page changes its URL. Would you like to do this?"
    ),
    _("You can edit the privacy settings on:"),
    _('No collections have been created. Why not <a href="%(add_collection_url)s">add one</a>?'),
    _("Would you still like to publish this %(model_name)s?"),
    _(
        "This is your dashboard on which helpful information about content you've created "
        "will be displayed."
    ),
    _("Your locked pages"),
    _("Your pages and snippets in a workflow"),
    _(
        "Don't worry, we've got your back. Check out the <a class=\"w-whats-new__link\" "
        'href="%(editor_guide_link)s" target="_blank" rel="noreferrer">Wagtail Editor '
        "Guide</a> to get the low down on what's changed and some exciting new features!"
    ),
    _("Awaiting your review"),
    _("You can view the page here:"),
    _("Edit your notification preferences here:"),
    _("You can edit the page here:"),
    _("You can preview the page here:"),
    _("Choose which type of page you'd like to create."),
    _("Sorry, you cannot create a page at this location."),
    _("Are you sure you want to delete these pages?"),
    ngettext_lazy(
        "You don't have permission to delete this page",
        "You don't have permission to delete these pages",
    ),
    _("Are you sure you want to move these pages?"),
    ngettext_lazy(
        "You don't have permission to move this page",
        "You don't have permission to move these pages",
    ),
    _("Are you sure you want to publish these pages?"),
    ngettext_lazy(
        "You don't have permission to publish this page",
        "You don't have permission to publish these pages",
    ),
    _("Are you sure you want to unpublish these pages?"),
    ngettext_lazy(
        "You don't have permission to unpublish this page",
        "You don't have permission to unpublish these pages",
    ),
    _("Are you sure you want to convert this alias into an ordinary page?"),
    _("Are you sure you want to delete this page?"),
    _(
        'Alternatively you can <a href="%(unpublish_url)s">unpublish the page</a>. This '
        "removes the page from public view and you can edit or publish it again later."
    ),
    _("Are you sure you want to move this page into '%(title)s'?"),
    _("Are you sure you want to move this page and all of its children into '%(title)s'?"),
    _("Are you sure you want to unpublish this page?"),
    _("Would you still like to publish this page?"),
    _(
        "If you just want to add pages to an existing site, create them as children of the "
        "homepage instead."
    ),
    _("This page is locked, by you, to further editing"),
    _("Locked by <b>you</b> at <b>%(locking_date)s</b>"),
    _("You saved a new version in another window"),
    _("You have unsaved changes in another window"),
    _("Proceeding will overwrite the changes you made in that window."),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Alternatively, you can view the latest version in a new tab."),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a "
        "separate tab to view the last saved version."
    ),
    _("Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."),
    _("Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."),
    _("Are you sure you want to unschedule this revision?"),
    _("Save your changes before leaving"),
    _("You have <span>unsaved edits</span>"),
    _(
        "This workflow is currently in progress on %(workflow_states_in_progress)s pages. "
        "Deleting this workflow will cancel moderation on these page. Are you sure you want "
        "to delete this workflow?"
    ),
    _("Are you sure you want to disable this workflow?"),
    _("Are you sure you want to disable this task?"),
    _("Assign your workflow to pages"),
    _("Assign your workflow to snippets"),
    _(
        "Workflows apply to child pages too. If you select a parent page here, its child "
        'pages will also use this workflow. See <a href="%(workflow_pages_url)s">the list of '
        "the pages</a> your workflow applies to."
    ),
    _("Choose which type of task you'd like to create."),
    _("You haven't created any tasks."),
    _(
        'Why not <a class="create-one-now" href="#tab-new" '
        'data-action="w-tabs#select:prevent" data-w-tabs-target="trigger" '
        'data-w-tabs-focus-param="true">create one now</a>?'
    ),
    _('No tasks have been created. Why not <a href="%(add_url)s">add one</a>?'),
    _("Your account settings have been changed successfully!"),
    _("You have been successfully logged out."),
    _("Are you sure you want to delete this collection?"),
    _("No %(model_name)s match your query."),
    _(
        "You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b>"
        " by %(user)s"
    ),
    _("If you confirm deletion"),
    _("You are viewing a previous version of this page from <b>%(created_at)s</b> by %(user)s"),
    ngettext_lazy(
        "This task is in progress on %(states_in_progress)d page/snippet. Disabling this task"
        " will cause it to be skipped in the moderation workflow and not be listed for "
        "selection when editing a workflow.",
        "This task is in progress on %(states_in_progress)d pages/snippets. Disabling this "
        "task will cause it to be skipped in the moderation workflow and not be listed for "
        "selection when editing a workflow.",
    ),
    _("Default value. Comma or new line separated values supported for checkboxes."),
    ngettext_lazy(
        "Are you sure you want to delete this form submission?",
        "Are you sure you want to delete these form submissions?",
    ),
    _(
        "<p>Select a file where redirects are separated into rows and contains the columns "
        "representing <code>from</code> and <code>to</code> (they can be named anything).</p>"
        " <p>After submitting you will be taken to a confirmation view where you can "
        "customize your redirects before import.</p>"
    ),
    _("Are you sure you want to delete this redirect?"),
    _(
        "No redirects have been created. Why not <a "
        'href="%(wagtailredirects_add_redirect_url)s">add one</a>?'
    ),
    ngettext_lazy(
        "Are you sure you want to tag the following document?",
        "Are you sure you want to tag the following documents?",
    ),
    ngettext_lazy(
        "You don't have permission to add tags to this document",
        "You don't have permission to add tags to these documents",
    ),
    ngettext_lazy(
        "Are you sure you want to add the following document to the selected collection?",
        "Are you sure you want to add the following documents to the selected collection?",
    ),
    ngettext_lazy(
        "You don't have permission to add this document to a collection",
        "You don't have permission to add these documents to a collection",
    ),
    ngettext_lazy(
        "Are you sure you want to delete this document?",
        "Are you sure you want to delete these documents?",
    ),
    ngettext_lazy(
        "You don't have permission to delete this document",
        "You don't have permission to delete these documents",
    ),
    _("You haven't uploaded any documents in this collection."),
    _("You haven't uploaded any documents."),
    _(
        'Why not <a class="upload-one-now" href="#tab-upload" '
        'data-action="w-tabs#select:prevent" data-w-tabs-target="trigger" '
        'data-w-tabs-focus-param="true">upload one now</a>?'
    ),
    _(
        "You haven't uploaded any documents in this collection. Why not <a "
        'href="%(wagtaildocs_add_document_url)s">upload one now</a>?'
    ),
    _(
        "You haven't uploaded any documents. Why not <a "
        'href="%(wagtaildocs_add_document_url)s">upload one now</a>?'
    ),
    _("Or choose from your computer"),
    _(
        "Upload successful. Please update this document with a more appropriate title, if "
        "necessary. You may also delete the document completely if the upload wasn't "
        "required."
    ),
    _("You need a password to access this document."),
    _("There seems to be a problem with your embedly API key. Please check your settings."),
    ngettext_lazy(
        "Are you sure you want to tag the following image?",
        "Are you sure you want to tag the following images?",
    ),
    ngettext_lazy(
        "You don't have permission to add tags to this image",
        "You don't have permission to add tags to these images",
    ),
    ngettext_lazy(
        "Are you sure you want to add the following image to the selected collection?",
        "Are you sure you want to add the following images to the selected collection?",
    ),
    ngettext_lazy(
        "You don't have permission to add this image to a collection",
        "You don't have permission to add these images to a collection",
    ),
    ngettext_lazy(
        "Are you sure you want to delete this image?",
        "Are you sure you want to delete these images?",
    ),
    ngettext_lazy(
        "You don't have permission to delete this image",
        "You don't have permission to delete these images",
    ),
    _(
        "Upload successful. However, your new image seems to be a duplicate of an existing "
        "image. You may delete it if it wasn't required."
    ),
    _("You haven't uploaded any images in this collection."),
    _("You haven't uploaded any images."),
    _('Sorry, no images match "<em>%(query_string)s</em>"'),
    _(
        "You haven't uploaded any images in this collection. Why not <a "
        'href="%(wagtailimages_add_image_url)s">upload one now</a>?'
    ),
    _(
        "You haven't uploaded any images. Why not <a "
        'href="%(wagtailimages_add_image_url)s">upload one now</a>?'
    ),
    _(
        "Upload successful. Please update this image with a more appropriate title, if "
        "necessary. You may also delete the image completely if the upload wasn't required."
    ),
    _(
        "Upload successful. However, your new image seems to be a duplicate of this existing "
        "image. You may delete it if it wasn't required."
    ),
    _("Report this error to your website administrator with the following information:"),
    _("The password you have entered is not correct. Please try again."),
    _("<b>'{title}' was locked</b> by <b>you</b> on <b>{datetime}</b>."),
    _("<b>'{title}' is locked</b> by <b>you</b>."),
    _("Locked by you"),
    _("Only you can make changes while the %(model_name)s is locked"),
    _("Lock/unlock pages you've locked"),
    _("The page title as you'd like it to be seen by the public"),
    _("Cannot overwrite a revision that was not created by the current user."),
    _("Your username and password didn't match. Please try again."),
    _(
        "Your account doesn't have access to this page. To proceed, please log in with an "
        "account that has access."
    ),
    _("You need a password to access this page."),
    _("Are you sure you want to delete this %(snippet_type_name)s?"),
    _("Are you sure you want to delete %(count)s %(snippet_type_name)s?"),
    _("You don't have permission to delete this %(snippet_type_name)s"),
    _("You don't have permission to delete these %(snippet_plural_name)s"),
    _("Receive notification when your page edit is approved"),
    _("Receive notification when your page edit is rejected"),
    _(
        "Receive notification when comments have been created, resolved, or deleted on a page"
        " that you have subscribed to receive comment notifications on"
    ),
    _("Select your current time zone"),
    _("Are you sure you want to assign this role to these users?"),
    ngettext_lazy(
        "You don't have permission to edit this user",
        "You don't have permission to edit these users",
    ),
    _("Are you sure you want to delete these users?"),
    ngettext_lazy(
        "You don't have permission to delete this user",
        "You don't have permission to delete these users",
    ),
    _("Are you sure you want to change the active state for these users?"),
    _("You cannot change your own active status"),
    _("Are you sure you want to delete this group?"),
    _(
        "There are no groups configured. Why not <a "
        'href="%(wagtailusers_create_group_url)s">add some</a>?'
    ),
    _("Sorry, no users match your query"),
    _(
        "Are you sure you want to convert this page into an alias? This will overwrite the "
        "content of the page with the content of '%(source_page_title)s' "
        "(%(source_page_locale)s)"
    ),
)
