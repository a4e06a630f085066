package main

import (
	"net/http"
	"strings"

	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss"

	. "rebatch.dev/e2e/clients/report"
)

// classes checks what a bucket says of its new objects, and how fast bytes may go.
func (s session) classes() {
	s.on("PutBucket GetBucketInfo PutBucketEncryption PutObject GetObject", func() {
		cold, key := oss.Ptr(*s.name+"-cold"), oss.Ptr("key")
		Must(s.client.PutBucket(ctx, &oss.PutBucketRequest{Bucket: cold,
			CreateBucketConfiguration: &oss.CreateBucketConfiguration{StorageClass: oss.StorageClassIA}}))
		Equal(*Must(s.client.GetBucketInfo(ctx, &oss.GetBucketInfoRequest{Bucket: cold})).BucketInfo.StorageClass, "IA")
		rule := &oss.ServerSideEncryptionRule{
			ApplyServerSideEncryptionByDefault: &oss.ApplyServerSideEncryptionByDefault{SSEAlgorithm: oss.Ptr("AES256")}}
		Must(s.client.PutBucketEncryption(ctx, &oss.PutBucketEncryptionRequest{Bucket: cold, ServerSideEncryptionRule: rule}))
		put := Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: cold, Key: key, Body: strings.NewReader("x")}))
		Equal(put.Headers.Get("x-oss-server-side-encryption"), "AES256")
		listed := Must(s.client.ListObjectsV2(ctx, &oss.ListObjectsV2Request{Bucket: cold}))
		Equal(*listed.Contents[0].StorageClass, "IA")
		Must(s.client.DeleteObject(ctx, &oss.DeleteObjectRequest{Bucket: cold, Key: key}))
		Must(s.client.DeleteBucket(ctx, &oss.DeleteBucketRequest{Bucket: cold}))
		slow := oss.Ptr("slow")
		Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: s.name, Key: slow,
			Body: strings.NewReader(strings.Repeat("s", 300_000)), TrafficLimit: 8 * 1024 * 1024}))
		got := Must(s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: slow, TrafficLimit: 8 * 1024 * 1024}))
		Equal(len(read(got.Body)), 300_000)
		_, err := s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: slow, TrafficLimit: 1})
		refused(400, "InvalidArgument", err)
	})
}

// versions checks a bucket that keeps them, made and emptied here.
func (s session) versions() {
	bucket, key := oss.Ptr(*s.name+"-versions"), oss.Ptr("key")
	put := func(key, text string) *string {
		return Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: bucket, Key: &key, Body: strings.NewReader(text)})).VersionId
	}
	open := func(version *string) (*oss.GetObjectResult, error) {
		return s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: bucket, Key: key, VersionId: version})
	}
	get := func(version *string) string { return read(Must(open(version)).Body) }
	remove := func(version *string) *oss.DeleteObjectResult {
		return Must(s.client.DeleteObject(ctx, &oss.DeleteObjectRequest{Bucket: bucket, Key: key, VersionId: version}))
	}
	set := func(status oss.VersioningStatusType) {
		Must(s.client.PutBucketVersioning(ctx, &oss.PutBucketVersioningRequest{Bucket: bucket,
			VersioningConfiguration: &oss.VersioningConfiguration{Status: status}}))
	}
	var first, second *string
	s.on("PutBucketVersioning GetBucketVersioning", func() {
		Must(s.client.PutBucket(ctx, &oss.PutBucketRequest{Bucket: bucket}))
		Equal(put("key", "before") == nil, true)
		set(oss.VersionEnabled)
		Equal(*Must(s.client.GetBucketVersioning(ctx, &oss.GetBucketVersioningRequest{Bucket: bucket})).VersionStatus, "Enabled")
		Equal(*Must(s.client.GetBucketInfo(ctx, &oss.GetBucketInfoRequest{Bucket: bucket})).BucketInfo.Versioning, "Enabled")
		first, second = put("key", "first"), put("key", "second")
		Equal(get(oss.Ptr("null"))+get(first)+get(second)+get(nil), "beforefirstsecondsecond")
	})
	s.on("HeadObject GetObjectMeta PutObjectAcl GetObjectAcl PutObjectTagging GetObjectTagging DeleteObjectTagging GetSymlink "+
		"RestoreObject Presign", func() {
		Equal(*Must(s.client.HeadObject(ctx, &oss.HeadObjectRequest{Bucket: bucket, Key: key, VersionId: first})).VersionId, *first)
		meta := Must(s.client.GetObjectMeta(ctx, &oss.GetObjectMetaRequest{Bucket: bucket, Key: key, VersionId: first}))
		Equal(meta.ContentLength, int64(5))
		Must(s.client.PutObjectAcl(ctx, &oss.PutObjectAclRequest{Bucket: bucket, Key: key, VersionId: first, Acl: oss.ObjectACLPublicRead}))
		acl := Must(s.client.GetObjectAcl(ctx, &oss.GetObjectAclRequest{Bucket: bucket, Key: key, VersionId: first}))
		Equal(*acl.ACL, "public-read")
		tags := &oss.Tagging{TagSet: &oss.TagSet{Tags: []oss.Tag{{Key: oss.Ptr("take"), Value: oss.Ptr("1")}}}}
		Must(s.client.PutObjectTagging(ctx, &oss.PutObjectTaggingRequest{Bucket: bucket, Key: key, VersionId: first, Tagging: tags}))
		tagged := Must(s.client.GetObjectTagging(ctx, &oss.GetObjectTaggingRequest{Bucket: bucket, Key: key, VersionId: first}))
		Equal(*tagged.Tags[0].Value, "1")
		Must(s.client.DeleteObjectTagging(ctx, &oss.DeleteObjectTaggingRequest{Bucket: bucket, Key: key, VersionId: first}))
		name := oss.Ptr("link")
		link := Must(s.client.PutSymlink(ctx, &oss.PutSymlinkRequest{Bucket: bucket, Key: name, Target: key})).VersionId
		Must(s.client.PutSymlink(ctx, &oss.PutSymlinkRequest{Bucket: bucket, Key: name, Target: oss.Ptr("other")}))
		Equal(*Must(s.client.GetSymlink(ctx, &oss.GetSymlinkRequest{Bucket: bucket, Key: name, VersionId: link})).Target, "key")
		name = oss.Ptr("cold")
		cold := Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: bucket, Key: name, Body: strings.NewReader("c"),
			StorageClass: oss.StorageClassArchive})).VersionId
		put("cold", "warm")
		Must(s.client.RestoreObject(ctx, &oss.RestoreObjectRequest{Bucket: bucket, Key: name, VersionId: cold}))
		restored := Must(s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: bucket, Key: name, VersionId: cold}))
		Equal(read(restored.Body), "c")
		signed := Must(s.client.Presign(ctx, &oss.GetObjectRequest{Bucket: bucket, Key: key, VersionId: first}))
		Equal(read(Must(http.Get(signed.URL)).Body), "first")
	})
	s.on("CopyObject AppendObject UploadPartCopy CompleteMultipartUpload", func() {
		copied := Must(s.client.CopyObject(ctx, &oss.CopyObjectRequest{Bucket: bucket, Key: key, SourceKey: key, SourceVersionId: first}))
		Equal(*copied.SourceVersionId, *first)
		Equal(get(copied.VersionId), "first")
		remove(copied.VersionId)
		grow := func(position int64, text string) *oss.AppendObjectResult {
			return Must(s.client.AppendObject(ctx, &oss.AppendObjectRequest{Bucket: bucket, Key: oss.Ptr("log"),
				Position: oss.Ptr(position), Body: strings.NewReader(text)}))
		}
		log := grow(0, "abc")
		Equal(*grow(log.NextPosition, "def").VersionId, *log.VersionId)
		parts := oss.Ptr("parts")
		upload := Must(s.client.InitiateMultipartUpload(ctx, &oss.InitiateMultipartUploadRequest{Bucket: bucket, Key: parts}))
		part := Must(s.client.UploadPartCopy(ctx, &oss.UploadPartCopyRequest{Bucket: bucket, Key: parts, UploadId: upload.UploadId,
			PartNumber: 1, SourceKey: key, SourceVersionId: second, Range: oss.Ptr("bytes=0-3")}))
		whole := Must(s.client.CompleteMultipartUpload(ctx, &oss.CompleteMultipartUploadRequest{Bucket: bucket, Key: parts,
			UploadId: upload.UploadId, CompleteMultipartUpload: &oss.CompleteMultipartUpload{
				Parts: []oss.UploadPart{{PartNumber: 1, ETag: part.ETag}}}}))
		got := Must(s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: bucket, Key: parts, VersionId: whole.VersionId}))
		Equal(read(got.Body), "seco")
	})
	s.on("DeleteObject IsObjectExist", func() {
		marker := remove(nil)
		Equal(marker.DeleteMarker, true)
		_, err := open(nil)
		refused(404, "NoSuchKey", err)
		_, err = open(marker.VersionId)
		refused(405, "MethodNotAllowed", err)
		Equal(Must(s.client.IsObjectExist(ctx, *bucket, "key")), false)
		Equal(remove(marker.VersionId).DeleteMarker, true)
		Equal(get(nil), "second")
		remove(second)
		_, err = open(second)
		refused(404, "NoSuchVersion", err)
	})
	s.on("ListObjectVersions NewListObjectVersionsPaginator DeleteMultipleObjects DeleteBucket", func() {
		remove(nil)
		page := Must(s.client.ListObjectVersions(ctx, &oss.ListObjectVersionsRequest{Bucket: bucket, Prefix: key, MaxKeys: 2}))
		Equal(page.IsTruncated, true)
		Equal(page.ObjectDeleteMarkers[0].IsLatest, true)
		rest := Must(s.client.ListObjectVersions(ctx, &oss.ListObjectVersionsRequest{Bucket: bucket, Prefix: key,
			KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker}))
		Equal(*page.ObjectVersions[0].VersionId+*rest.ObjectVersions[0].VersionId, *first+"null")
		set(oss.VersionSuspended)
		Equal(*put("key", "after"), "null")
		_, err := s.client.DeleteBucket(ctx, &oss.DeleteBucketRequest{Bucket: bucket})
		refused(409, "BucketNotEmpty", err)
		// From page to page, although the page before is gone.
		pages := s.client.NewListObjectVersionsPaginator(&oss.ListObjectVersionsRequest{Bucket: bucket, MaxKeys: 3})
		for pages.HasNext() {
			var doomed []oss.DeleteObject
			page := Must(pages.NextPage(ctx))
			for _, version := range page.ObjectVersions {
				doomed = append(doomed, oss.DeleteObject{Key: version.Key, VersionId: version.VersionId})
			}
			for _, marker := range page.ObjectDeleteMarkers {
				doomed = append(doomed, oss.DeleteObject{Key: marker.Key, VersionId: marker.VersionId})
			}
			deleted := Must(s.client.DeleteMultipleObjects(ctx, &oss.DeleteMultipleObjectsRequest{Bucket: bucket, Objects: doomed}))
			Equal(len(deleted.DeletedObjects), len(doomed))
		}
		Must(s.client.DeleteBucket(ctx, &oss.DeleteBucketRequest{Bucket: bucket}))
	})
}
